import { eksAccess } from "../../../../policies/rules/aws/eks-access";
import { cases } from "../../cases";
import type { StackDraft } from "../../stack";

const mode = (name: string) =>
  `its authentication mode is ${name}: whoever may edit the ConfigMap aws-auth can make anybody an administrator, and AWS' audit trail doesn't show it. Set authenticationMode to "API"; a cluster can't go back from it, so write the access entries first.`;

function addMap(stack: StackDraft, name: string, namespace: string): void {
  stack.add({ apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace } as { name: string } });
}

export default cases(eksAccess, {
  breaks: {
    "a mode that still reads the ConfigMap, in a plan": {
      change: (stack) => (stack.resource("eks:index:Cluster").authenticationMode = "API_AND_CONFIG_MAP"),
      finds: [`eks Cluster eks-istio-dev: ${mode("API_AND_CONFIG_MAP")}`],
    },
    "EKS' own default, in the engine": {
      change: (stack) => (stack.openCluster().accessConfig = {}),
      finds: [`eks Cluster eks-istio-dev-eksCluster: ${mode("CONFIG_MAP")}`],
    },
    "the ConfigMap": {
      change: (stack) => addMap(stack, "aws-auth", "kube-system"),
      finds: [
        "ConfigMap kube-system/aws-auth: grants access where AWS' audit trail doesn't show it, and a slip in it locks everybody out. Write EKS access entries instead, and take it out.",
      ],
    },
  },
  keeps: {
    "another ConfigMap": (stack) => addMap(stack, "coredns", "kube-system"),
    "a ConfigMap of that name elsewhere": (stack) => addMap(stack, "aws-auth", "bookinfo"),
    "the engine's cluster": (stack) => stack.openCluster(),
  },
});
