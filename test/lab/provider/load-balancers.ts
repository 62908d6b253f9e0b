import { ApiError, type Api, type KubernetesObject } from "../cluster/api";
import { Follower } from "../cluster/follower";

/** @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/pkg/service/model_builder.go */
const finalizer = "service.k8s.aws/resources";

const prefix = "service.beta.kubernetes.io/aws-load-balancer";

/** A load balancer, as AWS would have it. */
export interface LoadBalancer {
  /** The uid of the Service that it is of. */
  readonly service: string;
  readonly scheme: string;
  readonly hostname: string;
}

/**
 * Stands in for the AWS Load Balancer Controller: while its Deployment has a pod, it gives each of its Services a
 * finalizer and a load balancer, whose name it writes into the status; and it takes both away from one that is to go.
 */
export class LoadBalancers {
  private readonly living = new Map<string, LoadBalancer>();
  private readonly follower: Follower;
  private named = 0;
  private held = false;

  constructor(private readonly api: Api) {
    this.follower = new Follower(() => this.turn());
  }

  /** Those that exist. */
  all(): readonly LoadBalancer[] {
    return [...this.living.values()];
  }

  /** A load balancer grows for minutes: from now on no Service gets a name, until `release`. */
  hold(): void {
    this.held = true;
  }

  release(): void {
    this.held = false;
  }

  stop(): Promise<void> {
    return this.follower.stop();
  }

  private async turn(): Promise<void> {
    if (!(await this.runs())) return;
    for (const service of await this.api.list("v1", "Service")) if (isOurs(service)) await this.follow(service);
  }

  private async runs(): Promise<boolean> {
    const metadata = { namespace: "kube-system", name: "aws-load-balancer-controller" };
    try {
      const { status } = await this.api.get({ apiVersion: "apps/v1", kind: "Deployment", metadata });
      return ((status as { readyReplicas?: number }).readyReplicas ?? 0) > 0;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return false;
      throw error;
    }
  }

  private async follow(service: KubernetesObject): Promise<void> {
    const {
      uid,
      deletionTimestamp,
      finalizers = [],
      annotations = {},
    } = service.metadata as Metadata & KubernetesObject["metadata"];
    if (deletionTimestamp !== undefined) {
      this.living.delete(uid);
      const others = finalizers.filter((each) => each !== finalizer);
      if (others.length < finalizers.length) await this.api.patch(service, { metadata: { finalizers: others } });
      return;
    }
    if (!finalizers.includes(finalizer))
      await this.api.patch(service, { metadata: { finalizers: [...finalizers, finalizer] } });
    const scheme = annotations[`${prefix}-scheme`] ?? "internal";
    // The controller changes a scheme by another load balancer, with another name.
    if (this.living.get(uid)?.scheme !== scheme) this.living.set(uid, this.fresh(uid, scheme));
    const { hostname } = this.living.get(uid) ?? {};
    if (!this.held && hostnameOf(service) !== hostname)
      await this.api.patch(service, { status: { loadBalancer: { ingress: [{ hostname }] } } }, "status");
  }

  private fresh(service: string, scheme: string): LoadBalancer {
    this.named += 1;
    return { service, scheme, hostname: `k8s-istioing-${this.named}-0a1b2c3d.elb.ap-northeast-2.amazonaws.com` };
  }
}

interface Metadata {
  readonly uid: string;
  readonly deletionTimestamp?: string;
  readonly finalizers?: readonly string[];
  readonly annotations?: Readonly<Record<string, string>>;
}

function isOurs({ spec, metadata }: KubernetesObject): boolean {
  return (spec as { type?: string }).type === "LoadBalancer" && metadata.annotations?.[`${prefix}-type`] === "external";
}

function hostnameOf({ status }: KubernetesObject): string | undefined {
  const { loadBalancer = {} } = status as { loadBalancer?: { ingress?: readonly { hostname?: string }[] } };
  return loadBalancer.ingress?.[0]?.hostname;
}
