import type { Inventory, Kind } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import { unknown, type Path } from "../../engine/value";
import { Draft, isUnknownAt, rawAt, textAt } from "./draft";
import { chartName } from "./repository";

/**
 * The release that a HelmRelease of Flux describes, in the shape of Pulumi's; none where it is only a part of one, for
 * Kustomize to put into another.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/
 */
export function fluxReleases(object: KubernetesObject, inventory: Inventory): Draft[] {
  const chart = chartAt(object, inventory);
  if (!chart) return [];
  const target = textAt(object, "spec", "targetNamespace");
  const name = textAt(object, "spec", "releaseName") ?? [target ?? [], object.name].flat().join("-");
  // Values in ConfigMaps and Secrets; patches of what the chart makes.
  const draft = new Draft(object)
    .put(["chart"], chart.name, chart.at)
    .put(["name"], name, ["metadata", "name"])
    .take(["namespace"], ["metadata", "namespace"])
    .take(["namespace"], ["spec", "targetNamespace"])
    .take(["values"], ["spec", "values"])
    .hide(["spec", "valuesFrom"])
    .hide(["spec", "postRenderers"]);
  return [draft];
}

interface ChartAt {
  readonly name: unknown;
  readonly at: Path;
}

function chartAt(object: KubernetesObject, inventory: Inventory): ChartAt | undefined {
  const inline = ["spec", "chart", "spec"];
  if (rawAt(object, [...inline, "chart"]) !== undefined) return named(object, inline, inventory);
  const at = ["spec", "chartRef"];
  const name = textAt(object, ...at, "name");
  if (name === undefined) return isUnknownAt(object, ...at, "name") ? { name: unknown, at } : undefined;
  const source = found(object, at, inventory);
  if (source?.kind === "HelmChart") return { name: named(source, ["spec"], inventory).name, at };
  if (source && isUnknownAt(source, "spec", "url")) return { name: unknown, at };
  // The last part of an OCI repository's address is the chart. Without it, the source's name is the best to tell.
  const url = source && textAt(source, "spec", "url");
  return { name: url === undefined ? `${name} of a source that isn't here` : chartName(url, url), at };
}

/** A chart's name, as its source says whose it is. */
function named(object: KubernetesObject, spec: Path, inventory: Inventory): ChartAt {
  const at = [...spec, "chart"];
  const reference = [...spec, "sourceRef"];
  const chart = textAt(object, ...at);
  if (chart === undefined) return { name: unknown, at };
  if (isUnknownAt(object, ...reference, "name")) return { name: unknown, at: [...reference, "name"] };
  const source = found(object, reference, inventory);
  const url = source && textAt(source, "spec", "url");
  return { name: chartName(chart, url ?? textAt(object, ...reference, "name") ?? ""), at };
}

/** What a reference to a source leads to, if it is here. */
function found(object: KubernetesObject, at: Path, inventory: Inventory): KubernetesObject | undefined {
  const kind = textAt(object, ...at, "kind") as Kind | undefined;
  const name = textAt(object, ...at, "name");
  const namespace = textAt(object, ...at, "namespace") ?? object.namespace ?? "";
  if (kind === undefined || !sources.has(kind)) return undefined;
  return inventory.inNamespace(kind, namespace).find(({ knownName }) => knownName === name);
}

const sources: ReadonlySet<string> = new Set<Kind>(["HelmChart", "HelmRepository", "OCIRepository"]);
