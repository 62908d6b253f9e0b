import { unlabelled } from "../../../facts/causes";
import { hasControlPlane } from "../../../facts/istio/control-planes";
import { isInjectedByDefault, isIstiosNamespace, rootNamespace } from "../../../facts/istio/mesh";
import { mtlsIn } from "../../../facts/istio/mtls";
import { nameOf } from "../../../facts/istio/objects";
import { namespaceInjection, systemNamespaces } from "../../../facts/istio/injection";
import type { Inventory } from "../../../engine/inventory";
import { podTemplates } from "../../../facts/kubernetes/pods";
import { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule, Severity } from "../../../engine/rule";
import { isIstio } from "../../../schemas/schema";
import type { Value } from "../../../engine/value";
import { isNodeAgent } from "../../../facts/kubernetes/containers";

/** Pods are in the mesh, or somebody said that they aren't to be. */
export const injection: Rule = {
  id: "IST-INJECTION",
  severity: "advisory",
  title: "namespaces say whether their pods get a sidecar, and where mTLS is STRICT all of them do",
  why: "A pod without a sidecar sends and takes plain text past every policy, and where mTLS is STRICT nothing in the mesh answers it.",
  fix: "Label the namespace istio-injection: enabled, or disabled if that is meant.",
  codes: ["IST0102", "IST0148"],
  docs: "https://istio.io/latest/docs/reference/config/analysis/ist0102/",

  judge: (inventory, check) => {
    if (!hasMesh(inventory)) return;
    check.each(inventory.objects("Namespace"), (namespace) => judgeNamespace(namespace, inventory, check));
    check.each(podTemplates(inventory), (pods) => {
      if (isNodeAgent(pods)) return;
      const [why, at] = optOut(pods.template) ?? [];
      if (!at) return;
      const namespace = inventory.find("Namespace", "default", pods.knownNamespace);
      if (!namespace || namespaceInjection(namespace) !== "on" || !isStrict(inventory)) return;
      check.violation(at, {
        message: `its pods get no sidecar (${why ?? ""}), and mTLS is STRICT: nothing in the mesh answers them.`,
        fix: "Let them have one, or move them to a namespace outside the mesh.",
        severity: "mandatory",
      });
    });
  },
};

/** What keeps the sidecar away from pods in a namespace that has them: its name, and where it stands. */
function optOut(template: Value): [string, Value] | undefined {
  const host = template.get("spec", "hostNetwork");
  if (host.boolean() === true) return ["hostNetwork", host];
  const label = template.get("metadata", "labels", inject);
  const at = label.exists ? label : template.get("metadata", "annotations", inject);
  return at.text() === "false" ? [`${inject}: "false"`, at] : undefined;
}

const inject = "sidecar.istio.io/inject";

function judgeNamespace(namespace: KubernetesObject, inventory: Inventory, check: Check): void {
  if (namespaceInjection(namespace) !== "unlabelled") return;
  const name = nameOf(namespace) ?? "";
  if (systemNamespaces.has(name) || isIstiosNamespace(name, inventory)) return;
  if (isInjectedByDefault(inventory)) {
    check.violation(namespace.labels, {
      ...unlabelled(namespace),
      message:
        "has no injection label, and gets sidecars only because istiod gives them to every namespace by default.",
      fix: "Label it istio-injection: enabled, or disabled if its pods aren't to have any.",
    });
    return;
  }
  const severity: Severity = isStrict(inventory) ? "mandatory" : "advisory";
  check.violation(namespace.labels, {
    ...unlabelled(namespace),
    message: `has no injection label, so its pods get no sidecar${severity === "mandatory" ? ", and mTLS is STRICT: nothing in the mesh answers them" : " and no policy of the mesh applies to them"}.`,
    fix: "Label it istio-injection: enabled, or disabled if that is meant.",
    severity,
  });
}

/** Whether there is a mesh at all: Istio itself, or an object of its. */
function hasMesh(inventory: Inventory): boolean {
  return inventory.once(meshHere);
}

function meshHere(inventory: Inventory): boolean {
  return (
    hasControlPlane(inventory) ||
    inventory.resources.some((one) => one instanceof KubernetesObject && isIstio(one.group))
  );
}

/** Whether the whole mesh refuses callers without a sidecar. */
function isStrict(inventory: Inventory): boolean {
  return mtlsIn(inventory, rootNamespace(inventory)).mode === "STRICT";
}
