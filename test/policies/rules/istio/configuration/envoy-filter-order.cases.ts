import { envoyFilterOrder } from "../../../../../policies/rules/istio/configuration/envoy-filter-order";
import { cases } from "../../../cases";
import { adding } from "../drafts";

const add = adding("EnvoyFilter");

export default cases(envoyFilterOrder, {
  breaks: {
    INSERT_BEFORE: {
      change: (stack) => {
        add(stack, { configPatches: [{ applyTo: "HTTP_FILTER", patch: { operation: "INSERT_BEFORE", value: {} } }] });
      },
      finds: [
        "EnvoyFilter bookinfo/own: INSERT_BEFORE depends on what other EnvoyFilters did before, and has no priority: their age decides. Set spec.priority: above 0 to come after those without one.",
      ],
    },
    "REPLACE, for one version": {
      change: (stack) => {
        add(stack, {
          configPatches: [
            {
              applyTo: "HTTP_FILTER",
              match: { proxy: { proxyVersion: "^1\\.31.*" } },
              patch: { operation: "REPLACE", value: {} },
            },
          ],
        });
      },
      finds: [
        "EnvoyFilter bookinfo/own: REPLACE depends on what other EnvoyFilters did before (for proxies of version ^1\\.31.*), and has no priority: their age decides. Set spec.priority: above 0 to come after those without one.",
      ],
    },
    REMOVE: {
      change: (stack) => {
        add(stack, { configPatches: [{ applyTo: "CLUSTER", patch: { operation: "REMOVE", value: {} } }] });
      },
      finds: [
        "EnvoyFilter bookinfo/own: REMOVE depends on what other EnvoyFilters did before, and has no priority: their age decides. Set spec.priority: above 0 to come after those without one.",
      ],
    },
  },
  keeps: {
    "a priority": (stack) => {
      add(stack, {
        priority: 10,
        configPatches: [{ applyTo: "HTTP_FILTER", patch: { operation: "INSERT_BEFORE", value: {} } }],
      });
    },
    INSERT_FIRST: (stack) => {
      add(stack, { configPatches: [{ applyTo: "HTTP_FILTER", patch: { operation: "INSERT_FIRST", value: {} } }] });
    },
    "what is ignored anyway": (stack) => {
      add(stack, { configPatches: [{ applyTo: "HTTP_ROUTE", patch: { operation: "REMOVE", value: {} } }] });
      add(stack, { configPatches: [{ applyTo: "CLUSTER", patch: { operation: "REPLACE" } }] }, { name: "second" });
    },
  },
});
