import { rbacWildcard } from "../../../../policies/rules/kubernetes/rbac-wildcard";
import { cases } from "../../cases";
import type { Loose, StackDraft } from "../../stack";
import { add, addRendered } from "./drafts";

function addRole(stack: StackDraft, kind: string, rule: object): Loose {
  const metadata = { name: "own", namespace: "shop" };
  return add(stack, { apiVersion: "rbac.authorization.k8s.io/v1", kind, metadata, rules: [rule] });
}

export default cases(rbacWildcard, {
  breaks: {
    "every verb on everything": {
      change: (stack) => addRole(stack, "ClusterRole", { apiGroups: ["*"], resources: ["pods", "*"], verbs: ["*"] }),
      finds: [
        'ClusterRole own: rules[0].apiGroups is "*": it allows what nobody thought of, and whatever comes later. List the API groups that are needed.',
        'ClusterRole own: rules[0].resources is "*": it allows what nobody thought of, and whatever comes later. List the resources that are needed.',
        'ClusterRole own: rules[0].verbs is "*": it allows what nobody thought of, and whatever comes later. List the verbs that are needed.',
      ],
      severity: "advisory",
    },
    "every verb in one namespace": {
      change: (stack) => addRole(stack, "Role", { apiGroups: [""], resources: ["secrets"], verbs: ["*"] }),
      finds: [
        'Role shop/own: rules[0].verbs is "*": it allows what nobody thought of, and whatever comes later. List the verbs that are needed.',
      ],
    },
  },
  keeps: {
    "what Istio's chart gives istiod, which nobody can change": (stack) =>
      addRendered(stack, {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "ClusterRole",
        metadata: { name: "istiod" },
        rules: [{ apiGroups: ["networking.istio.io"], resources: ["*"], verbs: ["get"] }],
      }),
    "what is needed": (stack) => addRole(stack, "Role", { apiGroups: [""], resources: ["pods/*"], verbs: ["get"] }),
  },
});
