import { token } from "../../../../policies/rules/kubernetes/token";
import { cases } from "../../cases";
import type { StackDraft } from "../../stack";
import { add, addDaemonSet, podsOf } from "./drafts";

function undecided(stack: StackDraft): void {
  delete podsOf(stack).automountServiceAccountToken;
  delete stack.object("ServiceAccount", "bookinfo", "details").automountServiceAccountToken;
}

function bind(stack: StackDraft, subject: object): void {
  add(stack, {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: { name: "reader", namespace: "bookinfo" },
    subjects: [subject],
  });
}

export default cases(token, {
  breaks: {
    "nobody who decided": {
      change: (stack) => undecided(stack),
      finds: [
        "Deployment bookinfo/details-v1: its pods carry a token for the Kubernetes API, which whoever breaks into one may use. Set automountServiceAccountToken to false in the pods' spec, or to true if they talk to that API.",
      ],
      severity: "advisory",
    },
    "the ServiceAccount default, which isn't here": {
      change: (stack) => {
        undecided(stack);
        delete podsOf(stack).serviceAccountName;
      },
      finds: [
        "Deployment bookinfo/details-v1: its pods carry a token for the Kubernetes API, which whoever breaks into one may use. Set automountServiceAccountToken to false in the pods' spec, or to true if they talk to that API.",
      ],
    },
    "permissions for others": {
      change: (stack) => {
        undecided(stack);
        bind(stack, { kind: "ServiceAccount", name: "details", namespace: "other" });
      },
      finds: [
        "Deployment bookinfo/details-v1: its pods carry a token for the Kubernetes API, which whoever breaks into one may use. Set automountServiceAccountToken to false in the pods' spec, or to true if they talk to that API.",
      ],
    },
  },
  keeps: {
    "the ServiceAccount's word": (stack) => delete podsOf(stack).automountServiceAccountToken,
    "pods that ask for it": (stack) => {
      undecided(stack);
      podsOf(stack).automountServiceAccountToken = true;
    },
    "a ServiceAccount with permissions, which its token is for": (stack) => {
      undecided(stack);
      bind(stack, { kind: "ServiceAccount", name: "details" });
    },
    "what EKS runs in kube-system": (stack) =>
      delete addDaemonSet(stack, "kube-system", "agent").spec.template.spec.automountServiceAccountToken,
  },
});
