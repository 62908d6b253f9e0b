import type { KubernetesObject } from "../../engine/resource";
import type { Check, Rule, Violation } from "../../engine/rule";
import type { Value } from "../../engine/value";

/** Nobody who isn't known gets permissions, and no application gets all of them. */
export const rbacAdmin: Rule = {
  id: "K8S-RBAC-ADMIN",
  severity: "mandatory",
  title: "bindings give nothing to everybody, and no application the whole cluster",
  why: "A binding to everybody is open to every caller and every pod, and an application with cluster-admin makes its intruder the owner of the cluster.",
  fix: "Bind the roles that are needed to the accounts that need them.",
  codes: ["CIS EKS 4.1.1"],
  docs: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",

  judge: (inventory, check) =>
    check.each([...inventory.objects("RoleBinding"), ...inventory.objects("ClusterRoleBinding")], (binding) =>
      check.each(binding.get("subjects").list(), (subject) => judge(binding, subject, check)),
    ),
};

function judge(binding: KubernetesObject, subject: Value, check: Check): void {
  const name = subject.get("name").text() ?? "";
  const role = binding.get("roleRef", "name").text() ?? "";
  const problem =
    everybody(name, role) ??
    (subject.get("kind").text() === "ServiceAccount" ? tooMuch(binding, name, role) : undefined);
  if (problem) check.violation(subject.get("name"), problem);
}

function everybody(name: string, role: string): Violation | undefined {
  const who = groups[name];
  if (who === undefined || harmless.has(role)) return undefined;
  return {
    message: `gives ${role} to ${name}: ${who}.`,
    fix: "Bind it to the accounts that need it.",
  };
}

function tooMuch({ kind }: KubernetesObject, name: string, role: string): Violation | undefined {
  if (role !== "cluster-admin" || kind !== "ClusterRoleBinding") return undefined;
  return {
    message: `gives cluster-admin to the ServiceAccount ${name}: whoever breaks into one of its pods owns the cluster.`,
    fix: "Bind a role that names what it needs.",
    severity: "advisory",
  };
}

const groups: Readonly<Partial<Record<string, string>>> = {
  "system:anonymous": "whoever reaches the API, without any credentials",
  "system:unauthenticated": "whoever reaches the API, without any credentials",
  "system:authenticated": "every account and every pod of the cluster",
  "system:serviceaccounts": "every pod of the cluster",
};

/** What Kubernetes itself binds to everybody. */
const harmless = new Set(["system:basic-user", "system:discovery", "system:public-info-viewer"]);
