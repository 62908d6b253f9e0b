import { KeyIndex } from "../key-index";
import { namespaceOf } from "./names";
import { containersOf, isProxy, podTemplates } from "./pods";
import type { PodTemplate } from "./workload";
import type { Inventory } from "../../engine/inventory";
import { KubernetesObject, type Resource } from "../../engine/resource";
import type { Check } from "../../engine/rule";
import type { Value } from "../../engine/value";

/** Node agents that can't work without the node's own things. */
const nodeAgents = new Set(["istio-cni-node", "ztunnel"]);

/** Whether pods are part of the cluster itself: Istio's node agents, and what EKS runs in kube-system. */
export function isNodeAgent({ resource }: PodTemplate): boolean {
  return resource.namespace === "kube-system" || (resource.kind === "DaemonSet" && nodeAgents.has(resource.name));
}

/** How messages call a container. */
export function containerName(container: Value): string {
  return `container ${container.get("name").text() ?? container.path}`;
}

/** Containers that run as long as their pod: init containers only where they are sidecars. */
export function runningContainers({ template }: PodTemplate): Value[] {
  const sidecars = template
    .get("spec", "initContainers")
    .list()
    .filter((container) => container.get("restartPolicy").text() === "Always");
  return [...sidecars, ...template.get("spec", "containers").list()];
}

/** Judges each container that a team writes itself, init containers among them; node agents and proxies are left out. */
export function eachContainer(
  inventory: Inventory,
  check: Check,
  judge: (container: Value, pods: PodTemplate) => void,
): void {
  check.each(podTemplates(inventory), (pods) => {
    if (isNodeAgent(pods)) return;
    check.each(containersOf(pods), (container) => {
      if (!isProxy(container)) judge(container, pods);
    });
  });
}

/** A field of a container's security context; of its pod's, where the container's own says nothing. */
export function securitySetting(container: Value, { template }: PodTemplate, field: string): Value {
  const own = container.get("securityContext", field);
  return own.isUnknown || own.exists ? own : template.get("spec", "securityContext", field);
}

/** A resource that a container gets: its own, or one of its pod as a whole. */
export function resourceSetting(container: Value, { template }: PodTemplate, ...keys: string[]): Value {
  const own = container.get("resources", ...keys);
  return own.isUnknown || own.exists ? own : template.get("spec", "resources", ...keys);
}

/** Whether a LimitRange may fill in what pods leave out. Throws if none is known to be where they are, but one may be. */
export function hasLimitRange(inventory: Inventory, pods: PodTemplate): boolean {
  if (inventory.ofType("kubernetes:core/v1:LimitRange").length === 0) return false;
  const byNamespace = inventory.once(limitRanges);
  if (byNamespace.get(pods.knownNamespace).length > 0) return true;
  byNamespace.assertKnown();
  return false;
}

function limitRanges(inventory: Inventory): KeyIndex<Resource> {
  const ranges = inventory.ofType("kubernetes:core/v1:LimitRange");
  return new KeyIndex(ranges, (range) => (range instanceof KubernetesObject ? [namespaceOf(range)] : []));
}
