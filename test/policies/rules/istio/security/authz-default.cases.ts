import { authzDefault } from "../../../../../policies/rules/istio/security/authz-default";
import { cases } from "../../../cases";
import type { Loose } from "../../../stack";
import { adding } from "../drafts";

const add = adding("AuthorizationPolicy");

export default cases(authzDefault, {
  breaks: {
    "workloads beside the one that is protected": {
      change: (stack) => {
        add(stack, { selector: { matchLabels: { app: "details" } } });
      },
      finds: [
        "Deployment bookinfo/ratings-v1: no AuthorizationPolicy in the namespace bookinfo allows anything for Deployment bookinfo/ratings-v1, Deployment bookinfo/productpage-v1, Deployment bookinfo/reviews-v1, Deployment bookinfo/reviews-v2 and Deployment bookinfo/reviews-v3, so every caller of the mesh gets in. Add an AuthorizationPolicy with an empty spec to the namespace bookinfo, and allow the callers that may.",
      ],
    },
    "a DENY alone": {
      change: (stack) => {
        add(stack, { action: "DENY", rules: [{}] });
      },
      finds: [
        "Deployment bookinfo/details-v1: no AuthorizationPolicy in the namespace bookinfo allows anything for Deployment bookinfo/details-v1, Deployment bookinfo/ratings-v1, Deployment bookinfo/productpage-v1, Deployment bookinfo/reviews-v1 and 2 more, so every caller of the mesh gets in. Add an AuthorizationPolicy with an empty spec to the namespace bookinfo, and allow the callers that may.",
      ],
    },
    "a namespace that others make": {
      change: (stack) => {
        add(stack, { action: "DENY", rules: [{}] });
        stack.remove("Namespace", "bookinfo");
        for (const { properties } of stack.resources) {
          const { kind, spec } = properties as Loose;
          if (kind === "Deployment") spec.template.metadata.labels["sidecar.istio.io/inject"] = "true";
        }
      },
      finds: [
        "Deployment bookinfo/details-v1: no AuthorizationPolicy in the namespace bookinfo allows anything for Deployment bookinfo/details-v1, Deployment bookinfo/ratings-v1, Deployment bookinfo/productpage-v1, Deployment bookinfo/reviews-v1 and 2 more, so every caller of the mesh gets in. Add an AuthorizationPolicy with an empty spec to the namespace bookinfo, and allow the callers that may.",
      ],
    },
  },
  keeps: {
    "a policy without rules for the namespace": (stack) => {
      add(stack, { selector: { matchLabels: { app: "details" } } });
      add(stack, {}, { name: "default" });
    },
    "one for the mesh": (stack) => {
      add(stack, { selector: { matchLabels: { app: "details" } } });
      add(stack, {}, { namespace: "istio-system" });
    },
    "no policies at all": (stack) => {
      stack.remove("PeerAuthentication");
    },
    "workloads without sidecars": (stack) => {
      stack.object("Namespace", "default", "bookinfo").metadata.labels["istio-injection"] = "disabled";
      add(stack, { action: "DENY", rules: [{}] });
    },
  },
});
