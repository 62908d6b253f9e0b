import type { Inventory } from "../../engine/inventory";
import type { HelmRelease, Resource } from "../../engine/resource";
import type { Value } from "../../engine/value";
import { istiodReleases } from "./gateway-chart";

/** A control plane that is installed here, and what it is configured with. */
export interface ControlPlane {
  /** What its configuration stands in. */
  readonly resource: Resource;
  /**
   * MeshConfig, as it is given: without Istio's own defaults.
   *
   * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/
   */
  readonly config: Value;
  /** The chart's values: `global`, `sidecarInjectorWebhook`, `gateways`. */
  readonly values: Value;
  /** Where `rootNamespace` in the configuration is left out. */
  readonly defaultRoot: () => string | undefined;
}

interface ControlPlanes {
  readonly known: readonly ControlPlane[];
  /** Values that are unknown, because of which there may be one more. */
  readonly unknowns: readonly Value[];
}

/** The control planes here; none where Istio is installed elsewhere. Throws if there is none known, but there may be one. */
export function controlPlanes(inventory: Inventory): readonly ControlPlane[] {
  const { known, unknowns } = inventory.once(collect);
  if (known.length === 0) for (const value of unknowns) value.text();
  return known;
}

/** Whether a control plane is known to be here. */
export function hasControlPlane(inventory: Inventory): boolean {
  return inventory.once(collect).known.length > 0;
}

/** The mesh's configuration; undefined if Istio is installed elsewhere. Of several control planes, the first one's. */
export function meshConfig(inventory: Inventory): Value | undefined {
  return controlPlanes(inventory)[0]?.config;
}

/** The namespace whose policies are the whole mesh's. Throws if it is unknown. */
export function rootNamespace(inventory: Inventory): string {
  const [first] = controlPlanes(inventory);
  return first?.config.get("rootNamespace").text() ?? first?.defaultRoot() ?? "istio-system";
}

/** Whether namespaces without a label are injected. Throws if that is unknown. */
export function isInjectedByDefault(inventory: Inventory): boolean {
  return controlPlanes(inventory).some(
    ({ values }) => values.get("sidecarInjectorWebhook", "enableNamespacesByDefault").boolean() === true,
  );
}

function collect(inventory: Inventory): ControlPlanes {
  const releases = istiodReleases(inventory);
  return {
    known: releases.filter((release) => !release.get("chart").isUnknown).map(fromRelease),
    unknowns: releases.map((release) => release.get("chart")).filter((chart) => chart.isUnknown),
  };
}

function fromRelease(release: HelmRelease): ControlPlane {
  return {
    resource: release,
    config: release.values.get("meshConfig"),
    values: release.values,
    defaultRoot: () => release.values.get("global", "istioNamespace").text(),
  };
}
