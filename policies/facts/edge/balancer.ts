import type { Inventory } from "../../engine/inventory";
import type { HelmRelease, KubernetesObject, Resource } from "../../engine/resource";
import { type Value } from "../../engine/value";
import { hasVisibleValues, releases } from "../charts/releases";
import { gatewayServices } from "../gateway-api/services";
import { gatewayReleases, releaseLabels, releaseNamespace } from "../istio/gateway-chart";

/** What every annotation for a Network Load Balancer begins with. */
export const balancerPrefix = "service.beta.kubernetes.io/aws-load-balancer-";

/** A listener of a load balancer. */
export interface BalancerPort {
  /** The Service's port, to report at. */
  readonly at: Value;
  readonly name: string | undefined;
  readonly port: number;
  /** Undefined for one that goes by a container's port name. */
  readonly targetPort: number | undefined;
  readonly protocol: string;
}

/** A Service of type LoadBalancer, whether it stands for itself, in the gateway chart's values, or Istio makes it of a Gateway. */
export class Balancer {
  readonly annotations: Value;
  readonly #keys = new Map<string, Value>();
  #read = false;
  #ports: readonly BalancerPort[] | undefined;

  constructor(
    readonly resource: KubernetesObject | HelmRelease,
    /** Holds `type`, `ports` and the like. */
    readonly spec: Value,
    readonly isChart: boolean,
    private readonly inventory: Inventory,
    /** The gateway of this project that it belongs to, by its name in the stack file; undefined for others' Services. */
    private readonly gateway?: string,
  ) {
    this.annotations = isChart ? spec.get("annotations") : resource.get("metadata", "annotations");
  }

  /** Whether it asks for a load balancer at all. Throws if that is unknown. */
  get exists(): boolean {
    if (this.isChart && (this.resource as HelmRelease).chart !== "gateway") return false;
    const type = this.spec.get("type");
    return type.exists ? type.text() === "LoadBalancer" : this.isChart;
  }

  /**
   * Whether the AWS Load Balancer Controller makes a Network Load Balancer of it, for certain: by its class, by its type, or
   * by the controller's webhook, which gives new Services the class and doesn't ask for their type.
   *
   * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/pkg/service/service_utils.go
   * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/webhooks/core/service_mutator.go
   */
  get isNetwork(): boolean {
    if (!this.exists) return false;
    const balancerClass = this.spec.get("loadBalancerClass").text();
    if (balancerClass !== undefined) return networkClasses.has(balancerClass);
    const type = this.annotation("type").text();
    return type === "external" || type === "nlb-ip" || claimsUnmarked(this.inventory) === true;
  }

  /**
   * Whether it is AWS' in any case: the controller's, or else the cloud provider's own, which takes what names neither the
   * controller's class nor a type of its. Both read the same annotations for certificates.
   *
   * @see https://github.com/kubernetes/cloud-provider-aws/blob/master/docs/service_controller.md
   */
  get isOfAws(): boolean {
    if (!this.exists) return false;
    const balancerClass = this.spec.get("loadBalancerClass").text();
    return balancerClass === undefined || networkClasses.has(balancerClass);
  }

  /** Throws if it is unknown. */
  get namespace(): string {
    if (this.isChart) return releaseNamespace(this.resource);
    return this.resource.get("metadata", "namespace").text() ?? "default";
  }

  /** The labels that pods behind it have; none, where somebody else fills in the endpoints. Throws if they are unknown. */
  get selector(): Readonly<Record<string, string>> {
    return this.isChart ? releaseLabels(this.resource as HelmRelease) : this.resource.get("spec", "selector").texts();
  }

  /** How a finding about something else names it. Throws if its name is unknown. */
  get label(): string {
    if (!this.isChart) for (const key of ["name", "namespace"]) this.resource.get("metadata", key).text();
    return this.resource.label;
  }

  /** @example `balancer.annotation("ssl-cert")` */
  annotation(suffix: string): Value {
    return this.annotations.get(balancerPrefix + suffix);
  }

  /** Whether an annotation is set, to a value that may be unknown. Throws if the annotations as a whole are unknown. */
  has(suffix: string): boolean {
    if (!this.#read) {
      for (const [key, value] of this.annotations.entries()) this.#keys.set(key, value);
      this.#read = true;
    }
    const value = this.#keys.get(balancerPrefix + suffix);
    return value !== undefined && (value.isUnknown || value.exists);
  }

  /** A list in an annotation: `"443, https"`. */
  list(suffix: string): string[] {
    return (this.annotation(suffix).text() ?? "")
      .split(",")
      .map((entry) => entry.trim())
      .filter((entry) => entry !== "");
  }

  /** A map in an annotation: `"preserve_client_ip.enabled=true,…"`. */
  map(suffix: string): ReadonlyMap<string, string> {
    return new Map(
      this.list(suffix).flatMap((entry) => {
        const end = entry.indexOf("=");
        return end > 0 ? [[entry.slice(0, end).trim(), entry.slice(end + 1).trim()] as const] : [];
      }),
    );
  }

  get ports(): readonly BalancerPort[] {
    this.#ports ??= this.#readPorts();
    return this.#ports;
  }

  /** Whether TLS ends at this listener. */
  endsTls({ name, port, protocol }: BalancerPort): boolean {
    if (protocol === "UDP" || !this.has("ssl-cert")) return false;
    const tls = this.list("ssl-ports");
    return tls.length === 0 || tls.includes(String(port)) || (name !== undefined && tls.includes(name));
  }

  /** Whether the load balancer speaks TLS to the pods, too. */
  get encryptsAgain(): boolean {
    return this.annotation("backend-protocol").text() === "ssl";
  }

  /** `internet-facing` or `internal`, which is the controller's default. */
  get scheme(): string {
    const scheme = this.annotation("scheme").text();
    if (scheme !== undefined) return scheme;
    return this.annotation("internal").text() === "false" ? "internet-facing" : "internal";
  }

  /** ` (gateways.internal.scheme)`: the setting that a fix may name, and what it says of it; nothing for a Service of others. */
  setting(name: string, what = ""): string {
    return this.gateway === undefined ? "" : ` (gateways.${this.gateway}.${name}${what})`;
  }

  /** Whether it sends PROXY protocol to the pods. */
  get sendsProxyProtocol(): boolean {
    return (
      this.has("proxy-protocol") ||
      this.has("proxy-protocol-per-target-group") ||
      this.map("target-group-attributes").get("proxy_protocol_v2.enabled") === "true"
    );
  }

  #readPorts(): BalancerPort[] {
    const ports = this.spec.get("ports");
    if (this.isChart && !ports.exists)
      return chartPorts.map((one) => ({ at: this.spec, ...one, targetPort: one.port, protocol: "TCP" }));
    return ports.list().map((at) => {
      const port = at.get("port").number() ?? 0;
      const target = at.get("targetPort");
      const named = target.text();
      const targetPort = named === undefined ? (target.number() ?? port) : Number(named) || undefined;
      return { at, name: at.get("name").text(), port, targetPort, protocol: at.get("protocol").text() ?? "TCP" };
    });
  }
}

const networkClasses = new Set(["service.k8s.aws/nlb", "eks.amazonaws.com/nlb"]);

/** What the gateway chart's own Service has, unless told otherwise. */
const chartPorts = [
  { name: "status-port", port: 15021 },
  { name: "http2", port: 80 },
  { name: "https", port: 443 },
];

/**
 * Everything that is a load balancer, or may be one: judge each in `check.each`, and ask it `exists` or `isNetwork` first.
 */
export function balancers(inventory: Inventory): readonly Balancer[] {
  return inventory.once(collect);
}

function collect(inventory: Inventory): Balancer[] {
  const services = [...inventory.objects("Service"), ...gatewayServices(inventory)].flatMap((service) => {
    const spec = service.get("spec");
    return mayBe(spec.get("type"), "LoadBalancer")
      ? [new Balancer(service, spec, false, inventory, gatewayOf(service, inventory))]
      : [];
  });
  const rendered = new Set(inventory.resources.flatMap(({ data }) => data.release ?? []));
  const charts = gatewayReleases(inventory).flatMap((release) => {
    // What its chart makes is here, and more exact.
    if (rendered.has(release.label) || !hasVisibleValues(release)) return [];
    const spec = release.values.get("service");
    const type = spec.get("type");
    const isAbsent = !type.isUnknown && !type.exists;
    return isAbsent || mayBe(type, "LoadBalancer")
      ? [new Balancer(release, spec, true, inventory, gatewayOf(release, inventory))]
      : [];
  });
  return [...services, ...charts];
}

/** The gateway whose component made a resource. The component is called after its platform and its key: `shop-gateway-internal`. */
function gatewayOf({ data }: Resource, inventory: Inventory): string | undefined {
  const component = inventory.withUrn(data.parent ?? "");
  const platform = inventory.withUrn(component?.data.parent ?? "");
  if (component?.type !== "eks-istio:stage:Gateway" || platform?.type !== "eks-istio:stage:Platform") return undefined;
  const first = `${platform.name}-gateway`;
  if (component.name === first) return "default";
  return component.name.startsWith(`${first}-`) ? component.name.slice(first.length + 1) : undefined;
}

function mayBe(value: Value, text: string): boolean {
  return value.isUnknown || value.text() === text;
}

/**
 * What a Network Load Balancer sends connections to: pods (`ip`) or node ports (`instance`). Undefined where the controller
 * makes none, since the type `external` needs it in so many words; and where it isn't known whose a load balancer is, and
 * they differ in it.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-nlb.html
 */
export function targetTypeOf(balancer: Balancer, inventory: Inventory): string | undefined {
  const own = balancer.annotation("nlb-target-type").text();
  // The cloud provider's own load balancers know node ports only.
  if (balancer.annotation("type").text() === "nlb" && !balancer.isNetwork)
    return own !== "ip" || claimsUnmarked(inventory) === false ? "instance" : undefined;
  if (own !== undefined) return own;
  const balancerClass = balancer.spec.get("loadBalancerClass").text();
  if (balancerClass === "eks.amazonaws.com/nlb") return "ip";
  const type = balancer.annotation("type").text();
  if (type === "nlb-ip") return "ip";
  if (type === "external" && balancerClass === undefined && claimsUnmarked(inventory) !== true) return undefined;
  const defaults = controllersOf(inventory).map(({ values }) => values.get("defaultTargetType").text());
  return defaults.find(Boolean) ?? "instance";
}

/** Releases of the AWS Load Balancer Controller. */
function controllersOf(inventory: Inventory): HelmRelease[] {
  return releases(inventory).filter(({ chart }) => chart === "aws-load-balancer-controller");
}

/**
 * Whether the controller takes Services that name neither a class nor a type: its webhook gives its own class to new ones,
 * unless it is switched off. Undefined where the controller isn't here.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/nlb/
 */
export function claimsUnmarked(inventory: Inventory): boolean | undefined {
  const controllers = controllersOf(inventory);
  if (controllers.length === 0) return undefined;
  return controllers.some(({ values }) => values.get("enableServiceMutatorWebhook").boolean() !== false);
}

/** Load balancers by the URN of what makes them. */
export function balancersByUrn(inventory: Inventory): ReadonlyMap<string, Balancer> {
  return new Map(
    balancers(inventory).flatMap((balancer) =>
      balancer.resource.data.urn ? [[balancer.resource.data.urn, balancer]] : [],
    ),
  );
}
