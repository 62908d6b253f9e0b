import { mtlsPorts } from "../../../../../policies/rules/istio/security/mtls-ports";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

function mesh(stack: StackDraft): Loose {
  return stack.object("PeerAuthentication", "istio-system", "default").spec;
}

export default cases(mtlsPorts, {
  breaks: {
    "a port for the whole mesh": {
      change: (stack) => (mesh(stack).portLevelMtls = { 8080: { mode: "STRICT" } }),
      finds: [
        "PeerAuthentication istio-system/default: has modes for ports but selects no workloads: Istio refuses it. Add selector.matchLabels for the workloads whose ports these are, or take portLevelMtls out.",
      ],
    },
    "a port for an empty selector": {
      change: (stack) => Object.assign(mesh(stack), { selector: {}, portLevelMtls: { 8080: { mode: "STRICT" } } }),
      finds: [
        "PeerAuthentication istio-system/default: has modes for ports but selects no workloads: Istio refuses it. Add selector.matchLabels for the workloads whose ports these are, or take portLevelMtls out.",
      ],
    },
  },
  keeps: {
    "a port of selected workloads": (stack) =>
      Object.assign(mesh(stack), {
        selector: { matchLabels: { app: "istiod" } },
        portLevelMtls: { 8080: { mode: "STRICT" } },
      }),
  },
});
