import type { Inventory } from "../../engine/inventory";
import type { HelmRelease, KubernetesObject, Resource } from "../../engine/resource";
import { Value } from "../../engine/value";
import { parsedYaml } from "./parsed-yaml";
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

/**
 * What istiod reads stands in two ConfigMaps, which its chart makes: they are here where a chart was rendered, or
 * somebody writes them by hand. They go before the values of the Release that they belong to.
 *
 * @see https://github.com/istio/istio/blob/master/manifests/charts/istio-control/istio-discovery/templates/configmap.yaml
 */
function collect(inventory: Inventory): ControlPlanes {
  const releases = istiodReleases(inventory);
  const candidates = inventory
    .objects("ConfigMap")
    .filter(mayBeMesh)
    .filter(({ namespace = "istio-system" }) => namespace === "istio-system" || releases.some(isIn(namespace)));
  const maps = candidates.filter((map) => map.knownName !== undefined && map.namespace !== undefined);
  const written = new Set(maps.map((map) => `${map.namespace ?? ""} ${revisionOf(map.name)}`));
  return {
    known: [
      ...maps.map((map) => fromConfigMap(map, releases, inventory)),
      ...releases
        .filter((release) => !release.get("chart").isUnknown && (written.size === 0 || !written.has(keyOf(release))))
        .map((release) => fromRelease(release)),
    ],
    unknowns: [
      ...candidates.filter((map) => !maps.includes(map)).flatMap((map) => nameAndNamespace(map)),
      ...releases.map((release) => release.get("chart")),
    ].filter((value) => value.isUnknown),
  };
}

const meshName = /^istio(?:-(.+))?$/;

/** `istio-canary` is the revision `canary`'s; that of none is `default`. */
function revisionOf(name: string): string {
  return meshName.exec(name)?.[1] ?? "default";
}

/** Whether it is the mesh's, or may be once its name or namespace is known. */
function mayBeMesh(map: KubernetesObject): boolean {
  const { knownName } = map;
  if (knownName === undefined ? !map.get("metadata", "name").isUnknown : !meshName.test(knownName)) return false;
  const data = map.get("data");
  // Others' ConfigMaps begin with istio-, too: only this key says which one it is.
  if (data.isUnknown) return knownName === "istio";
  return data.get("mesh").isUnknown || data.get("mesh").exists;
}

function nameAndNamespace(map: KubernetesObject): Value[] {
  return [map.get("metadata", "name"), map.get("metadata", "namespace")];
}

function isIn(namespace: string): (release: HelmRelease) => boolean {
  return (release) => placeOf(release) === namespace;
}

function placeOf(release: HelmRelease): string | undefined {
  const namespace = release.get("namespace");
  return namespace.isUnknown ? undefined : (namespace.text() ?? "default");
}

function keyOf(release: HelmRelease): string {
  const revision = release.values.get("revision");
  return `${placeOf(release) ?? ""} ${(revision.isUnknown ? "" : revision.text()) || "default"}`;
}

function fromConfigMap(map: KubernetesObject, releases: readonly HelmRelease[], inventory: Inventory): ControlPlane {
  const revision = revisionOf(map.name);
  const release = releases.find((one) => keyOf(one) === `${map.namespace ?? ""} ${revision}`);
  const injector = injectorOf(map, revision, inventory);
  return {
    resource: map,
    config: yamlIn(map.get("data"), "mesh"),
    // Without the injector's, the Release's own are the nearest.
    values: injector ? yamlIn(injector.get("data"), "values") : (release?.values ?? map.get("data", "values")),
    defaultRoot: () => undefined,
  };
}

/** The ConfigMap of the injector that belongs to a mesh's. */
function injectorOf(map: KubernetesObject, revision: string, inventory: Inventory): KubernetesObject | undefined {
  const name = `istio-sidecar-injector${revision === "default" ? "" : `-${revision}`}`;
  return inventory.inNamespace("ConfigMap", map.namespace ?? "").find(({ knownName }) => knownName === name);
}

/** What a text below a key holds, in YAML or JSON; absent if it holds neither. */
function yamlIn(holder: Value, key: string): Value {
  const value = holder.get(key);
  if (value.isUnknown) return value;
  return new Value(holder.resource, parsedYaml(value.text()), holder, key);
}

function fromRelease(release: HelmRelease): ControlPlane {
  return {
    resource: release,
    config: release.values.get("meshConfig"),
    values: release.values,
    defaultRoot: () => release.values.get("global", "istioNamespace").text(),
  };
}
