import { groupBy, type Inventory } from "../../engine/inventory";
import { podTemplates } from "../../facts/kubernetes/pods";
import type { KubernetesObject } from "../../engine/resource";
import type { Rule } from "../../engine/rule";
import { namespaceOf } from "../../facts/kubernetes/names";
import { isNodeAgent } from "../../facts/kubernetes/containers";

/** Pods that don't talk to the Kubernetes API have no token for it. */
export const token: Rule = {
  id: "K8S-TOKEN",
  severity: "advisory",
  title: "pods get a token for the Kubernetes API only where somebody decided so",
  why: "Whoever breaks into a pod may use its token, and most applications never need one.",
  fix: "Set automountServiceAccountToken to false on the ServiceAccount or the pods, or to true where it is needed.",
  codes: ["CIS EKS 4.1.6", "CKV_K8S_38"],
  docs: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/",

  judge: (inventory, check) =>
    check.each(podTemplates(inventory), (pods) => {
      const setting = pods.template.get("spec", "automountServiceAccountToken");
      if (setting.exists || isNodeAgent(pods)) return;
      const namespace = pods.knownNamespace;
      const name = pods.template.get("spec", "serviceAccountName").text() ?? "default";
      const account = inventory.find("ServiceAccount", namespace, name);
      if (account?.get("automountServiceAccountToken").exists || isBound(namespace, name, inventory)) return;
      check.violation(setting, {
        message: "its pods carry a token for the Kubernetes API, which whoever breaks into one may use.",
        fix: "Set automountServiceAccountToken to false in the pods' spec, or to true if they talk to that API.",
      });
    }),
};

/** Whether somebody gave a ServiceAccount permissions, so that its token is there to be used. */
function isBound(namespace: string, name: string, inventory: Inventory): boolean {
  const { known, unknown } = inventory.once(boundAccounts);
  if (known.has(`${namespace}/${name}`)) return true;
  // One of these may be for it: reading says that it is unknown.
  for (const binding of unknown) {
    binding.get("subjects").plain();
    namespaceOf(binding);
  }
  return false;
}

function boundAccounts(inventory: Inventory): {
  readonly known: ReadonlyMap<string, unknown>;
  readonly unknown: readonly KubernetesObject[];
} {
  const bindings = [...inventory.objects("RoleBinding"), ...inventory.objects("ClusterRoleBinding")];
  const subjects = bindings.flatMap((binding) => {
    const list = binding.get("subjects");
    return list.isUnknown ? [] : list.list().map((subject) => ({ binding, subject }));
  });
  const parts = (subject: (typeof subjects)[number]["subject"]) => ["namespace", "name"].map((key) => subject.get(key));
  const known = groupBy(subjects, ({ binding, subject }) => {
    if (subject.isUnknown || parts(subject).some((part) => part.isUnknown)) return undefined;
    const [namespace, name] = parts(subject).map((part) => part.text());
    const own = namespace ?? binding.namespace;
    return own === undefined ? undefined : `${own}/${name ?? ""}`;
  });
  const unsure = subjects.filter(
    ({ binding, subject }) =>
      subject.isUnknown || binding.namespace === undefined || parts(subject).some((part) => part.isUnknown),
  );
  return {
    known,
    unknown: [
      ...bindings.filter((binding) => binding.get("subjects").isUnknown),
      ...unsure.map(({ binding }) => binding),
    ],
  };
}
