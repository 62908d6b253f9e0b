import type { Part } from "./part";
import { groupOf, kindOf, withProperties } from "./part";
import { changed, listOf, mapOf, type Loose, type Step } from "./values";

/** Fields that Kustomize writes labels or annotations into, for objects of a kind. */
interface Place {
  readonly path: readonly Step[];
  readonly kind?: string;
  /** Any, where it is left out. */
  readonly group?: string;
  /** Whether it makes what isn't there. */
  readonly create: boolean;
}

const each: Step = () => true;

/** Kinds with a template of their pods. */
const templated: readonly (readonly [kind: string, group?: string])[] = [
  ["ReplicationController", ""],
  ["Deployment"],
  ["ReplicaSet"],
  ["DaemonSet"],
  ["StatefulSet"],
  ["Job", "batch"],
];

function inTemplates(key: "labels" | "annotations"): Place[] {
  const own = templated.map(([kind, group]) => place(["spec", "template", "metadata", key], true, kind, group));
  const job = place(["spec", "jobTemplate", "metadata", key], true, "CronJob", "batch");
  const pods = place(["spec", "jobTemplate", "spec", "template", "metadata", key], true, "CronJob", "batch");
  return [...own, job, pods];
}

function place(path: readonly Step[], create: boolean, kind?: string, group?: string): Place {
  return { path, create, ...(kind !== undefined && { kind }), ...(group !== undefined && { group }) };
}

/**
 * Where labels go, and the selectors that go with them.
 *
 * @see https://github.com/kubernetes-sigs/kustomize/blob/api/v0.21.1/api/internal/konfig/builtinpluginconsts/commonlabels.go
 */
const own: readonly Place[] = [place(["metadata", "labels"], true)];
const templates: readonly Place[] = [
  ...inTemplates("labels"),
  place(["spec", "volumeClaimTemplates", each, "metadata", "labels"], true, "StatefulSet", "apps"),
];
const required = "requiredDuringSchedulingIgnoredDuringExecution";
const preferred = "preferredDuringSchedulingIgnoredDuringExecution";
const scheduling: readonly (readonly Step[])[] = [
  ...["podAffinity", "podAntiAffinity"].flatMap((kind) => [
    ["affinity", kind, preferred, each, "podAffinityTerm", "labelSelector"],
    ["affinity", kind, required, each, "labelSelector"],
  ]),
  ["topologySpreadConstraints", each, "labelSelector"],
];
const selectors: readonly Place[] = [
  place(["spec", "selector"], true, "Service", ""),
  place(["spec", "selector"], true, "ReplicationController", ""),
  ...["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"].map((kind) =>
    place(["spec", "selector", "matchLabels"], true, kind),
  ),
  place(["spec", "selector", "matchLabels"], false, "Job", "batch"),
  place(["spec", "jobTemplate", "spec", "selector", "matchLabels"], false, "CronJob", "batch"),
  place(["spec", "selector", "matchLabels"], false, "PodDisruptionBudget", "policy"),
  ...[["podSelector"], ["ingress", each, "from", each, "podSelector"], ["egress", each, "to", each, "podSelector"]].map(
    (path) => place(["spec", ...path, "matchLabels"], false, "NetworkPolicy", "networking.k8s.io"),
  ),
  ...["Deployment", "StatefulSet"].flatMap((kind) =>
    scheduling.map((path) => place(["spec", "template", "spec", ...path, "matchLabels"], false, kind, "apps")),
  ),
];

/** What `labels` and the older `commonLabels` say. */
export function labelled(parts: readonly Part[], content: Loose): Part[] {
  const common: Loose = { pairs: content.commonLabels, includeSelectors: true };
  return [...listOf(content.labels).map(mapOf), common].reduce<Part[]>(
    (all, label) => {
      const isWide = label.includeSelectors === true;
      const places = [
        ...own,
        ...(isWide || label.includeTemplates === true ? templates : []),
        ...(isWide ? selectors : []),
        ...listOf(label.fields).map((field) => placeOf(mapOf(field))),
      ];
      return written(all, mapOf(label.pairs), places);
    },
    [...parts],
  );
}

/** What `commonAnnotations` says. */
export function annotated(parts: readonly Part[], content: Loose): Part[] {
  const places = [place(["metadata", "annotations"], true), ...inTemplates("annotations")];
  return written(parts, mapOf(content.commonAnnotations), places);
}

/** A field that a kustomization names by itself: `spec/selector/matchLabels`, with `[]` behind lists. */
function placeOf({ path, kind, group, create }: Loose): Place {
  const keys = typeof path === "string" ? path.split("/") : [];
  const steps = keys.flatMap((key): Step[] => (key.endsWith("[]") ? [key.slice(0, -2), each] : [key]));
  return place(
    steps,
    create === true,
    typeof kind === "string" ? kind : undefined,
    typeof group === "string" ? group : undefined,
  );
}

function written(parts: readonly Part[], pairs: Loose, places: readonly Place[]): Part[] {
  if (Object.keys(pairs).length === 0) return [...parts];
  return parts.map((part) => {
    const fitting = places.filter(
      ({ kind, group }) =>
        (kind === undefined || kind === kindOf(part)) && (group === undefined || group === groupOf(part)),
    );
    return withProperties(
      part,
      fitting.reduce<unknown>(
        (value, { path, create }) => changed(value, path, (map) => withPairs(map, pairs), create),
        part.data.properties,
      ),
    );
  });
}

function withPairs(map: unknown, pairs: Loose): unknown {
  return typeof map === "symbol" ? map : { ...mapOf(map), ...pairs };
}
