import type { Inventory } from "../../engine/inventory";
import type { HelmRelease, Resource } from "../../engine/resource";

/** Releases of Istio's gateway chart, and those whose chart is unknown: ask `chart` before anything else. */
export function gatewayReleases(inventory: Inventory): readonly HelmRelease[] {
  return inventory.once(gateways);
}

function gateways({ releases }: Inventory): HelmRelease[] {
  return releases.filter((release) => release.get("chart").isUnknown || release.chart === "gateway");
}

/** Releases of istiod, and those whose chart is unknown: ask `chart` before anything else. */
export function istiodReleases(inventory: Inventory): readonly HelmRelease[] {
  return inventory.once(istiods);
}

function istiods({ releases }: Inventory): HelmRelease[] {
  return releases.filter((release) => release.get("chart").isUnknown || release.chart === "istiod");
}

/** A Release's namespace. Throws if it is unknown. */
export function releaseNamespace(release: Resource): string {
  return release.get("namespace").text() ?? "default";
}

/** What the chart calls everything; undefined where Pulumi makes up a name. */
export function releaseName(release: HelmRelease): string | undefined {
  const [own, outer] = [release.values.get("name").text(), release.get("name").text()];
  return own === undefined || own === "" ? outer : own;
}

/**
 * The labels of the pods that the gateway chart makes. Throws if they are unknown.
 *
 * @see https://github.com/istio/istio/blob/master/manifests/charts/gateway/templates/_helpers.tpl
 */
export function releaseLabels(release: HelmRelease): Readonly<Record<string, string>> {
  const name = releaseName(release);
  const labels = release.values.get("labels").texts();
  return {
    "istio.io/dataplane-mode": "none",
    "sidecar.istio.io/inject": "true",
    ...(name !== undefined && { "app.kubernetes.io/name": name, app: name, istio: name.replace(/^istio-/, "") }),
    ...labels,
  };
}
