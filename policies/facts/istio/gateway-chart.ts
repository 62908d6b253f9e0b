import type { Inventory } from "../../engine/inventory";
import type { HelmRelease, Resource } from "../../engine/resource";
import { hasVisibleValues, releases } from "../charts/releases";
import { readLabels, type LabelsRead } from "../kubernetes/workload";

/** Releases of Istio's gateway chart, and those whose chart is unknown: ask `chart` before anything else. */
export function gatewayReleases(inventory: Inventory): readonly HelmRelease[] {
  return inventory.once(gateways);
}

function gateways(inventory: Inventory): HelmRelease[] {
  return releases(inventory).filter((release) => release.get("chart").isUnknown || release.chart === "gateway");
}

/** Releases of istiod, and those whose chart is unknown: ask `chart` before anything else. */
export function istiodReleases(inventory: Inventory): readonly HelmRelease[] {
  return inventory.once(istiods);
}

/** One whose values stand elsewhere says no more than one that somebody else installs. */
function istiods(inventory: Inventory): HelmRelease[] {
  const visible = releases(inventory).filter(hasVisibleValues);
  return visible.filter((release) => release.get("chart").isUnknown || release.chart === "istiod");
}

/** A Release's namespace. Throws if it is unknown. */
export function releaseNamespace(release: Resource): string {
  return release.get("namespace").text() ?? "default";
}

/** What the chart calls everything; undefined where Pulumi makes up a name. */
export function releaseName(release: HelmRelease): string | undefined {
  // The chart's own values have an empty one.
  return release.values.get("name").text() || release.get("name").text();
}

/** Labels that the chart gives all its pods, whatever it is called. */
const fixedLabels = { "istio.io/dataplane-mode": "none", "sidecar.istio.io/inject": "true" } as const;

/** Labels that tell one gateway's pods from another's, for people; all of them, if none does. */
export function tellingLabels(labels: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  const telling = [...labels].filter(
    ([key]) => !Object.hasOwn(fixedLabels, key) && !/^(app\.kubernetes\.io|helm\.sh)\//.test(key),
  );
  return Object.fromEntries(telling.length > 0 ? telling : labels);
}

/**
 * The labels of the pods that the gateway chart makes, and what isn't known about them.
 *
 * @param madeUp stands in for a name that Pulumi makes up; without one, labels that come from it are left out
 * @see https://github.com/istio/istio/blob/master/manifests/charts/gateway/templates/_helpers.tpl
 */
export function readReleaseLabels(release: HelmRelease, madeUp: string | undefined): LabelsRead {
  // Findings name a Release by its name and namespace: while one of these is unknown, nothing is said about its pods.
  const naming = [release.get("chart"), release.values.get("name"), release.get("name"), release.get("namespace")];
  const unknown = naming.find((value) => value.isUnknown);
  if (unknown) return { labels: new Map(), unknowns: [{ about: "labels", value: unknown }] };
  const own = readLabels(release.values.get("labels"));
  if (own.unknowns.some(({ about }) => about === "labels")) return own;
  const name = releaseName(release) ?? madeUp;
  const named = name === undefined ? {} : labelsNamed(name);
  const labels = new Map([...Object.entries(fixedLabels), ...Object.entries(named), ...own.labels]);
  for (const { about } of own.unknowns) if (typeof about === "object") labels.delete(about.label);
  return { labels, unknowns: own.unknowns };
}

function labelsNamed(name: string): Readonly<Record<string, string>> {
  return { "app.kubernetes.io/name": name, app: name, istio: name.replace(/^istio-/, "") };
}

/** Those labels, without any that Pulumi makes up. Throws if one is unknown. */
export function releaseLabels(release: HelmRelease): Readonly<Record<string, string>> {
  const { labels, unknowns } = readReleaseLabels(release, undefined);
  for (const { value } of unknowns) value.text();
  return Object.fromEntries(labels);
}
