import { authzUnenforced } from "../../../../../policies/rules/istio/security/authz-unenforced";
import { cases } from "../../../cases";
import { adding } from "../drafts";

const add = adding("AuthorizationPolicy");
const request = adding("RequestAuthentication");

export default cases(authzUnenforced, {
  breaks: {
    "a workload without a sidecar": {
      change: (stack) => {
        stack.object("Deployment", "bookinfo", "details-v1").spec.template.metadata.labels["sidecar.istio.io/inject"] =
          "false";
        add(stack, { selector: { matchLabels: { app: "details" } } });
      },
      finds: [
        "AuthorizationPolicy bookinfo/own: Deployment bookinfo/details-v1 has no sidecar to enforce it: everybody gets in. Inject a sidecar into them, or protect them with a NetworkPolicy.",
      ],
    },
    "a namespace without injection": {
      change: (stack) => {
        stack.object("Namespace", "default", "bookinfo").metadata.labels["istio-injection"] = "disabled";
        add(stack, {});
      },
      finds: [
        "AuthorizationPolicy bookinfo/own: Deployment bookinfo/details-v1, Deployment bookinfo/ratings-v1, Deployment bookinfo/productpage-v1, Deployment bookinfo/reviews-v1 and 2 more have no sidecar to enforce it: everybody gets in. Inject a sidecar into them, or protect them with a NetworkPolicy.",
      ],
    },
    "tokens that nobody checks": {
      change: (stack) => {
        stack.object("Deployment", "bookinfo", "details-v1").spec.template.metadata.labels["sidecar.istio.io/inject"] =
          "false";
        request(stack, { selector: { matchLabels: { app: "details" } } });
      },
      finds: [
        "RequestAuthentication bookinfo/own: Deployment bookinfo/details-v1 has no sidecar to enforce it: everybody gets in. Inject a sidecar into them, or protect them with a NetworkPolicy.",
      ],
    },
  },
  keeps: {
    "workloads with sidecars": (stack) => {
      add(stack, { selector: { matchLabels: { app: "details" } } });
    },
    "a namespace with one that was taken out": (stack) => {
      stack.object("Deployment", "bookinfo", "details-v1").spec.template.metadata.labels["sidecar.istio.io/inject"] =
        "false";
      add(stack, {});
    },
    "a namespace in ambient mode": (stack) => {
      stack.object("Namespace", "default", "bookinfo").metadata.labels = { "istio.io/dataplane-mode": "ambient" };
      add(stack, { selector: { matchLabels: { app: "details" } } });
    },
    "a namespace that others label": (stack) => {
      stack.remove("Namespace");
      add(stack, {});
    },
  },
});
