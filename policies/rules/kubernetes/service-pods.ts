import type { Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Check, Rule } from "../../engine/rule";
import { withoutPods } from "../../facts/causes";
import { hasAny, nameOf, namespaceOf } from "../../facts/kubernetes/names";
import { releases } from "../../facts/charts/releases";
import { hasPods, selectedPods } from "../../facts/kubernetes/pods";
import type { PodTemplate } from "../../facts/kubernetes/workload";

/** A Service leads to pods, and to ports that these have. */
export const servicePods: Rule = {
  id: "K8S-SERVICE-PODS",
  severity: "mandatory",
  title: "a Service selects pods, and ports that these have",
  why: "A Service without endpoints answers every request with an error, and nothing else is wrong with it.",
  fix: "Give the Service the labels and the ports of its pods.",
  // KIA0701 wants numbers declared among containers' ports, too: Kubernetes needs no such declaration.
  codes: [],
  docs: "https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/",

  judge: (inventory, check) =>
    check.each(inventory.objects("Service"), (service) => {
      const selector = service.get("spec", "selector").texts();
      if (Object.keys(selector).length === 0) return;
      const namespace = namespaceOf(service);
      const pods = selectedPods(inventory, namespace, selector);
      if (pods.length > 0) judgePorts(service, pods, check);
      else if (isComplete(namespace, nameOf(service) ?? "", inventory))
        check.violation(service.get("spec", "selector"), {
          ...withoutPods(namespace, selector),
          message: `no pods carry ${text(selector)}: every request to it fails.`,
          fix: `Write the labels of its pods; if somebody else deploys them, name "Deployment ${namespace}/${service.name}" under outside in the policies' configuration.`,
        });
    }),
};

/** Whether a namespace's pods are all here: others fill one without any, and a chart may bring more. */
function isComplete(namespace: string, name: string, inventory: Inventory): boolean {
  if (inventory.isOutside("Deployment", namespace, name)) return false;
  // Machines outside the cluster carry labels as pods do.
  if (hasAny("WorkloadEntry", namespace, inventory)) return false;
  if (hasAny("WorkloadGroup", namespace, inventory)) return false;
  if (inventory.once(releasedNamespaces).has(namespace) || !hasPods(inventory, namespace)) return false;
  // A chart whose namespace is unknown may bring them: reading says so.
  for (const release of releases(inventory)) release.get("namespace").text();
  return true;
}

function releasedNamespaces(inventory: Inventory): ReadonlySet<string | undefined> {
  return new Set(releases(inventory).map(({ namespace }) => namespace));
}

function judgePorts(service: KubernetesObject, pods: readonly PodTemplate[], check: Check): void {
  check.each(service.get("spec", "ports").list(), (port) => {
    const target = port.get("targetPort");
    const name = target.text();
    // A number needs no declaration; one as text is a number as well.
    if (name === undefined || /^\d+$/.test(name)) return;
    const without = pods.find((one) => !portNames(one).includes(name));
    if (!without) return;
    check.violation(target, {
      message: `targetPort "${name}" is no port of ${without.resource.label}: what is sent there reaches none of its pods.`,
      fix: `Write one of its ports' names (${portNames(without).join(", ") || "it has none"}), or the number.`,
    });
  });
}

function portNames({ template }: PodTemplate): string[] {
  return ["initContainers", "containers"]
    .flatMap((key) => template.get("spec", key).list())
    .flatMap((container) => container.get("ports").list())
    .flatMap((port) => port.get("name").text() ?? []);
}

function text(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}: ${value}`)
    .join(" and ");
}
