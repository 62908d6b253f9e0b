import type { Inventory } from "../../engine/inventory";
import { type HelmRelease, type KubernetesObject, type Resource } from "../../engine/resource";
import { Unreadable, Value, type Path } from "../../engine/value";
import { istiodReleases } from "./gateway-chart";
import { fingerprint } from "./objects";
import { meshFieldAt } from "./message-field";
import { mapIn } from "./parsed-yaml";

/** Settings by their keys. */
export interface Settings {
  /** Absent if it isn't set; unknown, or not to be read, if nobody can say here. */
  get(...keys: Path): Value;
}

/** A control plane that is installed here, and what it is configured with. */
export interface ControlPlane {
  /** What its configuration stands in. */
  readonly resource: Resource;
  /** Where istiod runs; undefined if it is unknown. */
  readonly namespace: string | undefined;
  /** `default` where none is given; undefined if it is unknown. */
  readonly revision: string | undefined;
  /** Where that is written. */
  readonly revisionAt: Value;
  /**
   * MeshConfig, as it is given: without Istio's own defaults.
   *
   * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/
   */
  readonly config: Settings;
  /** The chart's values: `global`, `sidecarInjectorWebhook`, `gateways`. */
  readonly values: Settings;
  /** Where `rootNamespace` in the configuration is left out. */
  readonly defaultRoot: () => string | undefined;
}

/** What is here of control planes. */
interface ControlPlanes {
  /** Those that are known: the one of the revision `default` first, so that their order in the files says nothing. */
  readonly known: readonly ControlPlane[];
  /** Values that are unknown, because of which there may be one more. */
  readonly unknowns: readonly Value[];
}

/** The different ones among values; those of one control plane are never compared. Throws if what differs is unknown. */
export function distinct(values: readonly Value[]): readonly Value[] {
  if (values.length < 2) return values;
  return [...new Map(values.map((value) => [fingerprint(value), value])).values()];
}

/** What a control plane without a revision is called where one is asked for. */
export const defaultRevision = "default";

/** The control planes here; none where Istio is installed elsewhere. Throws if there is none known, but there may be one. */
export function controlPlanes(inventory: Inventory): readonly ControlPlane[] {
  const { known, unknowns } = inventory.once(collect);
  if (known.length === 0) for (const value of unknowns) value.text();
  return known;
}

/** Values that are unknown, because of which there may be one more. */
export function unknownControlPlanes(inventory: Inventory): readonly Value[] {
  return inventory.once(collect).unknowns;
}

/** Whether a control plane is known to be here. */
export function hasControlPlane(inventory: Inventory): boolean {
  return inventory.once(collect).known.length > 0;
}

/**
 * What istiod reads stands in two ConfigMaps, which its chart makes: they are here where a chart was rendered, or
 * somebody writes them by hand. They go before the values of the Release that they belong to.
 *
 * @see https://github.com/istio/istio/blob/master/manifests/charts/istio-control/istio-discovery/templates/configmap.yaml
 */
function collect(inventory: Inventory): ControlPlanes {
  const releases = istiodReleases(inventory);
  const { maps, unknowns } = meshConfigMaps(inventory);
  const written = new Set(maps.map((map) => `${map.namespace ?? ""} ${revisionOf(map) ?? ""}`));
  const given = releases.filter((release) => !release.get("chart").isUnknown && !written.has(keyOf(release)));
  const known = [
    ...maps.map((map) => fromConfigMap(map, releases, inventory)),
    ...given.map((release) => fromRelease(release)),
  ];
  const isLater = ({ revision }: ControlPlane) => Number(revision !== defaultRevision);
  return {
    known: known.sort((a, b) => isLater(a) - isLater(b)),
    unknowns: [...unknowns, ...releases.map((release) => release.get("chart"))].filter((value) => value.isUnknown),
  };
}

/** The ConfigMaps that hold a mesh's configuration, and the unknowns because of which there may be more. */
export function meshConfigMaps(inventory: Inventory): {
  readonly maps: readonly KubernetesObject[];
  readonly unknowns: readonly Value[];
} {
  const releases = istiodReleases(inventory);
  const injectors = inventory.objects("ConfigMap").filter((map) => mayBe(map, "istio-sidecar-injector", "values"));
  const homes = new Set(["istio-system", ...releases.map(({ namespace }) => namespace)]);
  for (const injector of injectors) if (injector.knownName !== undefined) homes.add(injector.namespace);
  const candidates = inventory.objects("ConfigMap").filter((map) => mayBe(map, "istio", "mesh"));
  const isNamed = (map: KubernetesObject) => map.knownName !== undefined && map.namespace !== undefined;
  const isHome = ({ namespace }: KubernetesObject) => namespace === undefined || homes.has(namespace);
  // An injector that isn't known to be elsewhere may make any place a control plane's.
  const isStray = candidates.some((map) => !isHome(map));
  const strays = isStray ? injectors.filter((map) => !isNamed(map)) : [];
  return {
    maps: candidates.filter((map) => isNamed(map) && isHome(map)),
    unknowns: [...candidates.filter((map) => isHome(map) && !isNamed(map)), ...strays].flatMap(nameAndNamespace),
  };
}

/** Whether it is the ConfigMap of that name or one of its revisions, or may be once its name or namespace is known. */
function mayBe(map: KubernetesObject, name: string, key: string): boolean {
  const { knownName } = map;
  if (knownName === undefined ? !map.get("metadata", "name").isUnknown : !`${knownName}-`.startsWith(`${name}-`))
    return false;
  const data = map.get("data");
  // Others' ConfigMaps begin with istio-, too: only this key says which one it is.
  if (data.isUnknown) return knownName === name;
  return data.get(key).isUnknown || data.get(key).exists;
}

function nameAndNamespace(map: KubernetesObject): Value[] {
  return [map.get("metadata", "name"), map.get("metadata", "namespace")];
}

/** `istio-canary` is the revision `canary`'s. */
function revisionOf(map: KubernetesObject): string | undefined {
  const [, named] = /^istio-(.+)$/.exec(map.name) ?? [];
  if (named !== undefined) return named;
  const label = map.labels.get(revisionLabel);
  return label.isUnknown ? undefined : label.text() || defaultRevision;
}

/** Says which control plane is in charge: of namespaces, of pods, of what belongs to one itself. */
export const revisionLabel = "istio.io/rev";

function keyOf(release: HelmRelease): string {
  return `${release.namespace ?? ""} ${revisionOfRelease(release) ?? ""}`;
}

function revisionOfRelease(release: HelmRelease): string | undefined {
  const revision = release.values.get("revision");
  return revision.isUnknown ? undefined : revision.text() || defaultRevision;
}

function fromConfigMap(map: KubernetesObject, releases: readonly HelmRelease[], inventory: Inventory): ControlPlane {
  const revision = revisionOf(map);
  const release = releases.find((one) => keyOf(one) === `${map.namespace ?? ""} ${revision ?? ""}`);
  // Without the injector's, the Release's own are the nearest.
  const otherwise = release ? release.values : map.get("data", "values");
  const mesh = mapIn(map.get("data"), "mesh");
  return {
    resource: map,
    namespace: map.namespace,
    revision,
    revisionAt: map.labels.get(revisionLabel),
    config: { get: (...keys) => meshFieldAt(mesh, keys) },
    values: { get: (...keys) => (injectorOf(map, inventory) ?? otherwise).get(...keys) },
    defaultRoot: () => undefined,
  };
}

/** What the injector is given that belongs to a mesh's ConfigMap. Throws if one that is unknown may be it. */
function injectorOf(map: KubernetesObject, inventory: Inventory): Value | undefined {
  return inventory.memo(map, readInjector);
}

function readInjector(map: KubernetesObject, inventory: Inventory): Value | undefined {
  const name = map.name.replace(/^istio/, "istio-sidecar-injector");
  const candidates = inventory
    .objects("ConfigMap")
    .filter((one) => mayBe(one, "istio-sidecar-injector", "values"))
    .filter((one) => (one.namespace ?? map.namespace) === map.namespace && (one.knownName ?? name) === name);
  const found = candidates.find((one) => one.knownName !== undefined && one.namespace !== undefined);
  if (found) return mapIn(found.get("data"), "values");
  for (const value of candidates.flatMap(nameAndNamespace)) value.text();
  return undefined;
}

function fromRelease(release: HelmRelease): ControlPlane {
  const values = withFiles(release);
  const mesh = release.values.get("meshConfig");
  return {
    resource: release,
    namespace: release.namespace,
    revision: revisionOfRelease(release),
    revisionAt: release.values.get("revision"),
    config: {
      get: (...keys) => {
        const own = meshFieldAt(mesh, keys);
        return own.isUnknown || own.exists ? own : values.get("meshConfig", ...keys);
      },
    },
    values,
    defaultRoot: () => values.get("global", "istioNamespace").text(),
  };
}

/** A Release's values. What they leave out may stand in files, which they go before. */
function withFiles({ root, values }: HelmRelease): Settings {
  const key = "valueYamlFiles";
  const files = root.get(key);
  if (!files.isUnknown && files.list().length === 0) return values;
  const unseen = files.isUnknown ? files : new Value(root.resource, elsewhere, root, key);
  return {
    get: (...keys) => {
      const own = values.get(...keys);
      return own.isUnknown || own.exists ? own : unseen;
    },
  };
}

const elsewhere = new Unreadable("may set it, and can't be seen here");
