import { append, type Inventory } from "../../engine/inventory";
import { HelmRelease, type KubernetesObject } from "../../engine/resource";
import type { Value } from "../../engine/value";
import type { Workload } from "../kubernetes/workload";
import {
  controlPlanes,
  defaultRevision,
  revisionLabel,
  unknownControlPlanes,
  type ControlPlane,
} from "./control-planes";

/**
 * The control planes here that a revision or a tag stands for: one, unless two say that they are it. None where it isn't
 * here. Throws if nothing known is it, but something unknown may be.
 */
export function planesOfRevision(revision: string, inventory: Inventory): readonly ControlPlane[] {
  const { byName, unknowns } = inventory.once(collect);
  const found = byName.get(revision) ?? [];
  if (found.length === 0) for (const value of unknowns) value.text();
  return [...new Set(found)];
}

/**
 * The control planes here that may be in charge of pods' proxies: the one that labels name, and any where none does. None
 * if one that isn't here is in charge. Throws if a label that decides is unknown.
 *
 * It is as Istio's webhooks have it, which ask a namespace's labels before its pods'.
 *
 * @see https://github.com/istio/istio/blob/master/manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml
 */
export function planesInCharge(pods: Workload, inventory: Inventory): readonly ControlPlane[] {
  const planes = controlPlanes(inventory);
  if (planes.length === 0) return planes;
  const named = revisionOf(pods, inventory);
  if (named !== undefined) return planesOfRevision(named, inventory);
  // Without a label, the one that is the default's.
  if (planes.length === 1 || !inventory.find("Namespace", "default", pods.knownNamespace)) return planes;
  const found = planesOfRevision(defaultRevision, inventory);
  return found.length > 0 ? found : planes;
}

/** The revision or the tag that labels name. */
function revisionOf(pods: Workload, inventory: Inventory): string | undefined {
  const own = pods.label(revisionLabel) || pods.release?.values.get("revision").text() || undefined;
  // No webhook asks what else there is.
  if (own !== undefined && pods.label("sidecar.istio.io/inject") === "false") return own;
  const namespace = inventory.find("Namespace", "default", pods.knownNamespace);
  const injection = namespace?.labels.get("istio-injection").text();
  if (injection === "enabled") return undefined;
  return (injection === undefined && namespace?.labels.get(revisionLabel).text()) || own;
}

interface Revisions {
  readonly byName: ReadonlyMap<string, readonly ControlPlane[]>;
  /** Because of which there may be more of them. */
  readonly unknowns: readonly Value[];
}

/** Control planes by their revisions, and by the tags that stand for these. */
function collect(inventory: Inventory): Revisions {
  const byName = new Map<string, ControlPlane[]>();
  const unknowns = [...unknownControlPlanes(inventory)];
  const webhooks = inventory.objects("MutatingWebhookConfiguration").filter(mayBeTag);
  for (const plane of controlPlanes(inventory)) {
    if (plane.revision === undefined) unknowns.push(plane.revisionAt);
    else append(byName, plane.revision, plane);
    for (const tag of tagsOf(plane, webhooks))
      if (tag.isUnknown) unknowns.push(tag);
      else append(byName, tag.text() ?? "", plane);
  }
  const revisions = webhooks.map(({ labels }) => labels.get(revisionLabel));
  return { byName, unknowns: [...unknowns, ...revisions.filter((value) => value.isUnknown)] };
}

const tagLabel = "istio.io/tag";

function mayBeTag({ labels }: KubernetesObject): boolean {
  const tag = labels.get(tagLabel);
  return tag.isUnknown || tag.exists;
}

/**
 * What stands for a control plane's revision: labels of webhooks, and the chart's value that it makes such of.
 *
 * @see https://istio.io/latest/docs/setup/upgrade/canary/#stable-revision-labels
 */
function tagsOf({ resource, revision }: ControlPlane, webhooks: readonly KubernetesObject[]): Value[] {
  const own = webhooks.flatMap(({ labels }) => {
    const of = labels.get(revisionLabel);
    return of.isUnknown || of.text() !== revision ? [] : [labels.get(tagLabel)];
  });
  if (!(resource instanceof HelmRelease)) return own;
  const given = resource.values.get("revisionTags");
  return [...own, ...(given.isUnknown ? [given] : given.list())];
}
