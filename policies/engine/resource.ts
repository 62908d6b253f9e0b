import { secret, unknown, Value, type Path, type Properties } from "./value";

/** Where a resource was read: CrossGuard's engine, the offline plan, or a YAML file. */
export type Source = "engine" | "plan" | "yaml";

/** A resource as a source hands it over, in plain data. Tests write and change these. */
export interface ResourceData {
  readonly source: Source;
  /** Absent in YAML. */
  readonly urn?: string;
  /** Pulumi's type token, e.g. `aws:acm/certificate:Certificate`; for YAML, as Pulumi would call it. */
  readonly type: string;
  /** Pulumi's name; for YAML, `metadata.name`. */
  readonly name: string;
  /** URN of the provider it goes through. */
  readonly provider?: string;
  /** URN of the component it belongs to. */
  readonly parent?: string;
  /** Inputs, with the symbols `unknown` and `secret` where they are. */
  readonly properties: Properties;
  /** URNs of the resources it waits for. */
  readonly dependencies: readonly string[];
  /** Whether a change that replaces it deletes first. */
  readonly deleteBeforeReplace?: boolean;
  /** The label of the Release whose chart made it: `Release istio-system/istiod`. Only where charts are rendered. */
  readonly release?: string;
  /** What it is applied with: the file it stands in, or a kustomization's folder, `overlays/prod/`. YAML only. */
  readonly origin?: string;
  /** Where a key stands twice, and whether with the same scalar: the last one counts. YAML only. */
  readonly repeated?: readonly { readonly path: Path; readonly isSame: boolean }[];
  /** File and line of a value, e.g. `shop.yaml:12`. YAML only. */
  readonly locate?: (path: Path) => string;
}

/**
 * What a resource describes, so that rules can judge it as if it stood there itself: the Helm release of Flux's HelmRelease,
 * the Service that Istio makes of a Gateway. Findings name the resource, and places in it.
 */
export interface Description {
  readonly origin: Resource;
  /** Where a value of what is described is written in the origin. */
  readonly written: (path: Path) => Path;
}

/** Any resource, as rules look at it. */
export class Resource {
  /** All its properties. */
  readonly root: Value;

  constructor(
    readonly data: ResourceData,
    /** Where it is no resource of its own, but described by another one. */
    private readonly description?: Description,
  ) {
    this.root = new Value(this, data.properties);
  }

  /** Pulumi's name; a Kubernetes object's is its own. */
  get name(): string {
    return this.data.name;
  }

  get type(): string {
    return this.data.type;
  }

  /** How a finding names it: `acm Certificate web`, `VirtualService shop/checkout`. */
  get label(): string {
    const [, module = "", kind = this.type] = this.type.split(":");
    return [module.split("/")[0], kind, this.name].filter((part) => part && part !== "index").join(" ");
  }

  /** @example `certificate.get("subjectAlternativeNames").list()` */
  get(...keys: Path): Value {
    return this.root.get(...keys);
  }

  /** The resource that it is written as: itself, or the one that describes it. */
  get origin(): Resource {
    return this.description?.origin ?? this;
  }

  /** Where a value of it stands in its {@link origin}. */
  written(path: Path): Path {
    return this.description?.written(path) ?? path;
  }
}

/** A Kubernetes object. */
export class KubernetesObject extends Resource {
  /** E.g. `Service`. */
  readonly kind: string;
  /** E.g. `networking.istio.io`; empty for the core group. */
  readonly group: string;
  /** `metadata.name`; undefined if it is unknown, or left to Pulumi or to the API server to make up. */
  readonly knownName: string | undefined;
  /** `metadata.namespace`, `default` where that is left out; undefined if it is unknown. Clusters' own objects have none to speak of. */
  readonly namespace: string | undefined;

  constructor(data: ResourceData, description?: Description) {
    super(data.type === "kubernetes:core/v1:Secret" ? hidden(data) : data, description);
    const { apiVersion, kind, metadata } = data.properties;
    const { name, namespace } = asMap(metadata);
    this.kind = typeof kind === "string" ? kind : "";
    this.group = typeof apiVersion === "string" && apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
    this.knownName = metadata !== unknown && typeof name === "string" ? name : undefined;
    this.namespace = metadata === unknown || namespace === unknown ? undefined : textOr(namespace, "default");
  }

  /** Whether it is only what Pulumi changes of an object that others make (`VirtualServicePatch`): most of it isn't here. */
  get isPatch(): boolean {
    return this.type.endsWith("Patch");
  }

  /** `metadata.name`, or Pulumi's name while that is unknown. */
  override get name(): string {
    return this.knownName ?? this.data.name;
  }

  override get label(): string {
    if (this.origin !== this) return this.origin.label;
    return clusterScoped.has(this.kind)
      ? `${this.kind} ${this.name}`
      : `${this.kind} ${this.namespace ?? "(unknown)"}/${this.name}`;
  }

  /** `metadata.labels` or another object's below, e.g. `deployment.get("spec", "template", "metadata", "labels")`. */
  get labels(): Value {
    return this.get("metadata", "labels");
  }

  get annotations(): Value {
    return this.get("metadata", "annotations");
  }
}

/** A Helm Release: one resource, whose objects only its chart knows. Rules judge its values. */
export class HelmRelease extends Resource {
  readonly #name: string;
  readonly #label: string;

  constructor(data: ResourceData, description?: Description) {
    super(data, description);
    const { name, namespace = "default" } = data.properties;
    this.#name = typeof name === "string" ? name : data.name;
    this.#label = `Release ${typeof namespace === "string" ? namespace : "(unknown)"}/${this.#name}`;
  }

  override get name(): string {
    return this.#name;
  }

  override get label(): string {
    return this.origin === this ? this.#label : this.origin.label;
  }

  /** Where the chart goes; undefined if it is unknown. */
  get namespace(): string | undefined {
    const namespace = this.get("namespace");
    return namespace.isUnknown ? undefined : (namespace.text() ?? "default");
  }

  get values(): Value {
    return this.get("values");
  }

  /** The chart's own name: `istiod`, without repository or registry. */
  get chart(): string {
    return (this.get("chart").text() ?? "").split("/").at(-1) ?? "";
  }
}

/** The right class for a resource. */
export function resourceOf(data: ResourceData): Resource {
  if (data.type === releaseType) return new HelmRelease(data);
  const { kind, apiVersion } = data.properties;
  const isObject = data.type.startsWith("kubernetes:") && typeof kind === "string" && typeof apiVersion === "string";
  return isObject ? new KubernetesObject(data) : new Resource(data);
}

const releaseType = "kubernetes:helm.sh/v3:Release";

/** Kinds of Kubernetes' own that are in no namespace. */
export const clusterScoped: ReadonlySet<string> = new Set([
  "APIService",
  "CSIDriver",
  "ClusterIssuer",
  "ClusterRole",
  "ClusterRoleBinding",
  "CustomResourceDefinition",
  "GatewayClass",
  "IngressClass",
  "MutatingWebhookConfiguration",
  "Namespace",
  "Node",
  "PersistentVolume",
  "PriorityClass",
  "RuntimeClass",
  "StorageClass",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "ValidatingWebhookConfiguration",
]);

/** A Secret's keys stay, its values go. */
function hidden(data: ResourceData): ResourceData {
  const covered = (map: unknown) =>
    typeof map === "object" && map !== null ? Object.fromEntries(Object.keys(map).map((key) => [key, secret])) : map;
  const { data: encoded, stringData } = data.properties;
  return { ...data, properties: { ...data.properties, data: covered(encoded), stringData: covered(stringData) } };
}

/** What is empty in YAML is null, and as good as absent. */
function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" && value !== "" ? value : otherwise;
}

function asMap(value: unknown): Properties {
  return typeof value === "object" && value !== null ? (value as Properties) : {};
}
