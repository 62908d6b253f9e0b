import { networkPolicy } from "../../../../policies/rules/kubernetes/network-policy";
import { cases } from "../../cases";
import type { Loose, StackDraft } from "../../stack";
import { add } from "./drafts";

function addPolicy(stack: StackDraft, namespace: string): Loose {
  const metadata = { name: "default", namespace };
  return add(stack, { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata, spec: { podSelector: {} } });
}

export default cases(networkPolicy, {
  breaks: {
    "pods that everybody may connect to": {
      change: () => undefined,
      finds: [
        "Namespace bookinfo: has pods and no NetworkPolicy: every pod of the cluster may open connections to them. Add a NetworkPolicy that lets in the gateway and the callers that are meant.",
      ],
      severity: "advisory",
    },
    "a policy for another namespace": {
      change: (stack) => addPolicy(stack, "membership"),
      finds: [
        "Namespace bookinfo: has pods and no NetworkPolicy: every pod of the cluster may open connections to them. Add a NetworkPolicy that lets in the gateway and the callers that are meant.",
      ],
    },
  },
  keeps: {
    "a policy": (stack) => addPolicy(stack, "bookinfo"),
  },
});
