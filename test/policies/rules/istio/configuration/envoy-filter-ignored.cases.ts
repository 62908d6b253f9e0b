import { envoyFilterIgnored } from "../../../../../policies/rules/istio/configuration/envoy-filter-ignored";
import { cases } from "../../../cases";
import { adding } from "../drafts";

const add = adding("EnvoyFilter");

export default cases(envoyFilterIgnored, {
  breaks: {
    "ADD of a route": {
      change: (stack) => {
        add(stack, { configPatches: [{ applyTo: "HTTP_ROUTE", patch: { operation: "ADD", value: {} } }] });
      },
      finds: [
        "EnvoyFilter bookinfo/own: ADD of HTTP_ROUTE is ignored, so the patch does nothing. Use MERGE, or patch the VIRTUAL_HOST that it is in.",
      ],
    },
    "REMOVE of routes": {
      change: (stack) => {
        add(stack, { configPatches: [{ applyTo: "ROUTE_CONFIGURATION", patch: { operation: "REMOVE", value: {} } }] });
      },
      finds: [
        "EnvoyFilter bookinfo/own: REMOVE of ROUTE_CONFIGURATION is ignored, so the patch does nothing. Use MERGE, or patch the VIRTUAL_HOST that it is in.",
      ],
    },
    "REPLACE of a cluster": {
      change: (stack) => {
        add(stack, { configPatches: [{ applyTo: "CLUSTER", patch: { operation: "REPLACE", value: {} } }] });
      },
      finds: [
        "EnvoyFilter bookinfo/own: REPLACE of CLUSTER is ignored, so the patch does nothing. Use MERGE; REPLACE is for HTTP_FILTER and NETWORK_FILTER.",
      ],
    },
  },
  keeps: {
    "MERGE of a route": (stack) => {
      add(stack, { configPatches: [{ applyTo: "HTTP_ROUTE", patch: { operation: "MERGE", value: {} } }] });
    },
    "REPLACE of a filter": (stack) => {
      add(stack, { configPatches: [{ applyTo: "HTTP_FILTER", patch: { operation: "REPLACE", value: {} } }] });
    },
    "ADD of a cluster": (stack) => {
      add(stack, { configPatches: [{ applyTo: "CLUSTER", patch: { operation: "ADD", value: {} } }] });
    },
  },
});
