import { KubernetesObject, resourceOf, type Resource, type ResourceData } from "./resource";
import { Undecided } from "./value";

/**
 * Kinds that rules ask for, each by its API group and kind; the core group is empty.
 *
 * A kind goes by its own name. Where two groups have the same one, the names are those of Istio's own code: `Gateway` is
 * Istio's, `KubernetesGateway` the Gateway API's.
 *
 * @see https://github.com/istio/istio/blob/master/pkg/config/schema/gvk/resources.gen.go
 */
const kinds = {
  Application: "argoproj.io/Application",
  AuthorizationPolicy: "security.istio.io/AuthorizationPolicy",
  BackendTLSPolicy: "gateway.networking.k8s.io/BackendTLSPolicy",
  Certificate: "cert-manager.io/Certificate",
  ClusterIssuer: "cert-manager.io/ClusterIssuer",
  ClusterRole: "rbac.authorization.k8s.io/ClusterRole",
  ClusterRoleBinding: "rbac.authorization.k8s.io/ClusterRoleBinding",
  ConfigMap: "/ConfigMap",
  CronJob: "batch/CronJob",
  DaemonSet: "apps/DaemonSet",
  Deployment: "apps/Deployment",
  DestinationRule: "networking.istio.io/DestinationRule",
  EnvoyFilter: "networking.istio.io/EnvoyFilter",
  GRPCRoute: "gateway.networking.k8s.io/GRPCRoute",
  Experiment: "argoproj.io/Experiment",
  Gateway: "networking.istio.io/Gateway",
  GatewayClass: "gateway.networking.k8s.io/GatewayClass",
  HelmChart: "source.toolkit.fluxcd.io/HelmChart",
  HelmRelease: "helm.toolkit.fluxcd.io/HelmRelease",
  HelmRepository: "source.toolkit.fluxcd.io/HelmRepository",
  HTTPRoute: "gateway.networking.k8s.io/HTTPRoute",
  HorizontalPodAutoscaler: "autoscaling/HorizontalPodAutoscaler",
  Ingress: "networking.k8s.io/Ingress",
  IngressClass: "networking.k8s.io/IngressClass",
  IstioOperator: "install.istio.io/IstioOperator",
  Issuer: "cert-manager.io/Issuer",
  Job: "batch/Job",
  KubernetesGateway: "gateway.networking.k8s.io/Gateway",
  MutatingWebhookConfiguration: "admissionregistration.k8s.io/MutatingWebhookConfiguration",
  Namespace: "/Namespace",
  NetworkPolicy: "networking.k8s.io/NetworkPolicy",
  OCIRepository: "source.toolkit.fluxcd.io/OCIRepository",
  PeerAuthentication: "security.istio.io/PeerAuthentication",
  Pod: "/Pod",
  PodDisruptionBudget: "policy/PodDisruptionBudget",
  ProxyConfig: "networking.istio.io/ProxyConfig",
  ReferenceGrant: "gateway.networking.k8s.io/ReferenceGrant",
  ReplicaSet: "apps/ReplicaSet",
  RequestAuthentication: "security.istio.io/RequestAuthentication",
  Role: "rbac.authorization.k8s.io/Role",
  RoleBinding: "rbac.authorization.k8s.io/RoleBinding",
  Rollout: "argoproj.io/Rollout",
  Secret: "/Secret",
  Service: "/Service",
  ServiceAccount: "/ServiceAccount",
  ServiceEntry: "networking.istio.io/ServiceEntry",
  Sidecar: "networking.istio.io/Sidecar",
  StatefulSet: "apps/StatefulSet",
  StorageClass: "storage.k8s.io/StorageClass",
  TCPRoute: "gateway.networking.k8s.io/TCPRoute",
  TLSRoute: "gateway.networking.k8s.io/TLSRoute",
  Telemetry: "telemetry.istio.io/Telemetry",
  TrafficExtension: "extensions.istio.io/TrafficExtension",
  VirtualService: "networking.istio.io/VirtualService",
  WasmPlugin: "extensions.istio.io/WasmPlugin",
  WorkloadEntry: "networking.istio.io/WorkloadEntry",
  WorkloadGroup: "networking.istio.io/WorkloadGroup",
} as const;

/** A kind of Kubernetes object that rules may ask for. Add one to `kinds` when a rule needs it. */
export type Kind = keyof typeof kinds;

const kindOf: ReadonlyMap<string, Kind> = new Map(
  Object.entries(kinds).map(([kind, groupAndKind]) => [groupAndKind, kind as Kind]),
);

/** What a source doesn't say by itself. */
export interface Surroundings {
  /** Whether the stack serves users. */
  readonly production?: boolean;
  /** Objects that others make, by their {@link Kind}: `Service shop/legacy`, with `*` for any text. */
  readonly outside?: readonly string[];
  /** Where more objects come from, which can't be read here: a Helm chart's folder, an address. */
  readonly unread?: readonly string[];
  /** Decides what has reached its end. */
  readonly today?: Date;
}

/**
 * Everything a rule looks at, from any source. Each lookup costs the same for ten resources and for ten thousand.
 *
 * @example
 * ```ts
 * for (const rule of inventory.objects("DestinationRule")) …
 * const service = inventory.find("Service", "shop", "checkout");
 * ```
 */
export class Inventory {
  readonly resources: readonly Resource[];
  readonly production: boolean;
  readonly today: Date;
  readonly #outside: readonly RegExp[];
  readonly #unread: Resource | undefined;
  readonly #types = new Map<string, Resource[]>();
  readonly #urns = new Map<string, Resource>();
  readonly #children = new Map<string, Resource[]>();
  readonly #kinds = new Map<string, KubernetesObject[]>();
  readonly #namespaces = new Map<string, KubernetesObject[]>();
  readonly #names = new Map<string, KubernetesObject>();
  readonly #unnamed = new Map<string, KubernetesObject[]>();
  readonly #once = new Map<unknown, unknown>();
  readonly #memos = new Map<unknown, Map<unknown, unknown>>();

  constructor(
    resources: readonly ResourceData[],
    { production = false, outside = [], unread = [], today = new Date() }: Surroundings = {},
  ) {
    this.resources = resources.map(resourceOf);
    this.production = production;
    this.today = today;
    this.#outside = outside.map(globPattern);
    this.#unread = unread.length > 0 ? place(unread.join(", ")) : undefined;
    for (const resource of this.resources) {
      append(this.#types, resource.type, resource);
      if (resource.data.urn) this.#urns.set(resource.data.urn, resource);
      if (resource.data.parent) append(this.#children, resource.data.parent, resource);
      if (resource instanceof KubernetesObject) this.#index(resource);
    }
  }

  /** Resources of one of Pulumi's types, e.g. `aws:acm/certificate:Certificate`. */
  ofType(type: string): readonly Resource[] {
    return this.#types.get(type) ?? [];
  }

  withUrn(urn: string): Resource | undefined {
    return this.#urns.get(urn);
  }

  /** What a component made. */
  childrenOf(urn: string): readonly Resource[] {
    return this.#children.get(urn) ?? [];
  }

  /** Kubernetes objects of a kind. */
  objects(kind: Kind): readonly KubernetesObject[] {
    return this.#kinds.get(kind) ?? [];
  }

  /** Kubernetes objects of a kind in a namespace. */
  inNamespace(kind: Kind, namespace: string): readonly KubernetesObject[] {
    return this.#namespaces.get(`${kind} ${namespace}`) ?? [];
  }

  /** Kubernetes objects of a kind whose namespace is unknown: each may be in any. */
  withoutNamespace(kind: Kind): readonly KubernetesObject[] {
    return this.#namespaces.get(`${kind} ${anywhere}`) ?? [];
  }

  /**
   * The object of that name, if it is here. Throws {@link Undecided} if it isn't, but one whose name is unknown may be it.
   * Objects of a whole cluster, such as a Namespace, are in the namespace `default` for this.
   */
  find(kind: Kind, namespace: string, name: string): KubernetesObject | undefined {
    const found = this.#names.get(`${kind} ${namespace}/${name}`);
    if (found) return found;
    const candidate = this.#unnamed.get(kind)?.find((object) => (object.namespace ?? namespace) === namespace);
    if (candidate)
      throw new Undecided(
        candidate,
        ["metadata", candidate.namespace === undefined ? "namespace" : "name"],
        "is unknown",
      );
    return undefined;
  }

  /**
   * Whether an object is nowhere, so that what refers to it is broken. It is not missing where others may have made
   * it: in a namespace without any object of that kind here, or if `outside` names it.
   */
  missing(kind: Kind, namespace: string, name: string): boolean {
    if (this.find(kind, namespace, name) || this.inNamespace(kind, namespace).length === 0) return false;
    return !this.isOutside(kind, namespace, name);
  }

  /**
   * Whether `outside` in the policies' configuration says that others make this object, by the name of its {@link Kind}.
   * Throws {@link Undecided} if it doesn't, but there is more than could be read: ask once the object isn't found.
   */
  isOutside(kind: Kind, namespace: string, name: string): boolean {
    const label = `${kind} ${namespace}/${name}`;
    if (this.#outside.some((pattern) => pattern.test(label))) return true;
    if (this.#unread) throw new Undecided(this.#unread, [], `may hold ${label}, and isn't read`);
    return false;
  }

  /**
   * What a function makes of this inventory, computed once: a rule's own index.
   *
   * @example `const policies = inventory.once(peerAuthenticationsByNamespace);`
   */
  once<T>(make: (inventory: Inventory) => T): T {
    if (!this.#once.has(make)) this.#once.set(make, make(this));
    return this.#once.get(make) as T;
  }

  /**
   * What a function makes of one thing in this inventory, computed once for each thing: an answer about a resource that
   * several rules ask for. Pass a function that has a name: one written on the spot is another one with every call. What
   * throws is computed again.
   *
   * @example `const balancers = inventory.memo(gateway, findBalancers);`
   */
  memo<K extends object, T>(thing: K, make: (thing: K, inventory: Inventory) => T): T {
    let known = this.#memos.get(make);
    if (!known) this.#memos.set(make, (known = new Map()));
    if (!known.has(thing)) known.set(thing, make(thing, this));
    return known.get(thing) as T;
  }

  #index(object: KubernetesObject): void {
    const kind = kindOf.get(`${object.group}/${object.kind}`);
    if (!kind) return;
    append(this.#kinds, kind, object);
    append(this.#namespaces, `${kind} ${object.namespace ?? anywhere}`, object);
    if (object.namespace === undefined || object.knownName === undefined) {
      // In a file, what has no name never gets one that anything could refer to.
      if (object.data.source !== "yaml" || isUnnamed(object)) append(this.#unnamed, kind, object);
    } else this.#names.set(`${kind} ${object.namespace}/${object.knownName}`, object);
  }
}

/** No namespace is called so. */
const anywhere = "*";
/** Stands for objects that nobody could read. */
function place(name: string): Resource {
  return resourceOf({ source: "yaml", type: "", name, properties: {}, dependencies: [] });
}

function isUnnamed(object: KubernetesObject): boolean {
  return object.get("metadata", "name").isUnknown || object.get("metadata", "namespace").isUnknown;
}

/** Adds a value to the list under a key. */
export function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

/** Things by a key, in their order; those without one are left out. For a rule's own index, see {@link Inventory.once}. */
export function groupBy<T>(
  things: Iterable<T>,
  key: (thing: T) => string | undefined,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const own = key(thing);
    if (own !== undefined) append(groups, own, thing);
  }
  return groups;
}

/** `*` stands for any text, everything else for itself. */
export function globPattern(glob: string): RegExp {
  const parts = glob.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`);
}
