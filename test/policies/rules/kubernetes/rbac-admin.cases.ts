import { rbacAdmin } from "../../../../policies/rules/kubernetes/rbac-admin";
import { cases } from "../../cases";
import type { Loose, StackDraft } from "../../stack";
import { add } from "./drafts";

function bind(stack: StackDraft, kind: string, role: string, subject: object): Loose {
  return add(stack, {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind,
    metadata: { name: "own", namespace: "shop" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
    subjects: [subject],
  });
}

export default cases(rbacAdmin, {
  breaks: {
    "permissions for whoever comes": {
      change: (stack) => bind(stack, "RoleBinding", "view", { kind: "User", name: "system:anonymous" }),
      finds: [
        "RoleBinding shop/own: gives view to system:anonymous: whoever reaches the API, without any credentials. Bind it to the accounts that need it.",
      ],
      severity: "mandatory",
    },
    "permissions for every pod": {
      change: (stack) => bind(stack, "ClusterRoleBinding", "edit", { kind: "Group", name: "system:authenticated" }),
      finds: [
        "ClusterRoleBinding own: gives edit to system:authenticated: every account and every pod of the cluster. Bind it to the accounts that need it.",
      ],
    },
    "the whole cluster for an application": {
      change: (stack) => bind(stack, "ClusterRoleBinding", "cluster-admin", { kind: "ServiceAccount", name: "ci" }),
      finds: [
        "ClusterRoleBinding own: gives cluster-admin to the ServiceAccount ci: whoever breaks into one of its pods owns the cluster. Bind a role that names what it needs.",
      ],
      severity: "advisory",
    },
  },
  keeps: {
    "the whole cluster for people": (stack) =>
      bind(stack, "ClusterRoleBinding", "cluster-admin", { kind: "Group", name: "platform" }),
    "a namespace for an application": (stack) =>
      bind(stack, "RoleBinding", "cluster-admin", { kind: "ServiceAccount", name: "ci" }),
    "less than everything for an application": (stack) =>
      bind(stack, "ClusterRoleBinding", "view", { kind: "ServiceAccount", name: "ci" }),
    "what Kubernetes itself gives to everybody": (stack) =>
      bind(stack, "ClusterRoleBinding", "system:discovery", { kind: "Group", name: "system:authenticated" }),
  },
});
