import * as aws from "@pulumi/aws";
import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { App, type AppArgs } from "./stages/app";
import { Certificate, type CertificateArgs } from "./stages/certificate";
import { Cluster, type ClusterArgs } from "./stages/cluster";
import { DefaultAccess } from "./stages/default-access";
import { External } from "./stages/external";
import type { Gateway, GatewayArgs } from "./stages/gateway";
import { makeGateways, type DomainRefs } from "./stages/gateways";
import { HostedZone, type HostedZoneArgs } from "./stages/hosted-zone";
import { LoadBalancerController, type LoadBalancerControllerArgs } from "./stages/load-balancer-controller";
import { renderer } from "./manifests/app-objects";
import { appsInMesh, type AppInMesh } from "./manifests/apps-in-mesh";
import { namespacesToMake } from "./manifests/platform-objects";
import { requireMadeOnce } from "./stages/made-once";
import { Manifests } from "./stages/manifests";
import { Mesh, MtlsOverrides, type MeshArgs } from "./stages/mesh";
import { Namespaces, type NamespacesArgs } from "./stages/namespaces";
import { Network, type NetworkArgs } from "./stages/network";
import { NetworkPolicies } from "./stages/network-policies";
import { requireExpressible } from "./stages/expressible";
import { closedNamespaces } from "./settings/namespaces/closed";
import type { Settings } from "./settings/settings";
import { Stage } from "./stages/stage";

export interface PlatformArgs {
  /** A stack file, read and checked. */
  readonly settings: Settings;
  /** Changes to single children of the stages, where no setting reaches. */
  readonly transform?: {
    readonly network?: NetworkArgs["transform"];
    readonly cluster?: ClusterArgs["transform"];
    readonly hostedZone?: HostedZoneArgs["transform"];
    readonly certificate?: CertificateArgs["transform"];
    readonly loadBalancerController?: LoadBalancerControllerArgs["transform"];
    readonly mesh?: MeshArgs["transform"];
    readonly gateway?: GatewayArgs["transform"];
    readonly app?: AppArgs["transform"];
  };
}

/**
 * The whole platform: network, cluster, load balancer controller, certificates, mesh, gateways, records and applications.
 *
 * What one stage needs from another it takes as a typed reference, so the order follows from the arguments. Certificates
 * stand beside network and cluster; the mesh beside the controller. The longest way through is roles and subnets →
 * control plane → node group → controller → load balancer → gateway pods → records.
 *
 * @example
 * ```ts
 * const platform = new Platform("shop", {
 *   settings: loadSettings(),
 *   transform: { network: { vpc: (args, opts) => { opts.protect = true; } } },
 * });
 * export const urls = platform.urls;
 * ```
 */
export class Platform extends Stage {
  /** Where each public application is reached, by application. */
  readonly urls: Readonly<Record<string, readonly string[]>>;
  /** The load balancers' names in AWS, by gateway. */
  readonly loadBalancerNames: Readonly<Record<string, pulumi.Output<string>>>;
  /** ARNs of the certificates, by domain. */
  readonly certificateArns: Readonly<Record<string, pulumi.Output<string>>>;
  /** Name servers to delegate to, by domain, for the zones this stack created. */
  readonly nameServers: Readonly<Record<string, pulumi.Output<string[]>>>;
  /** For `kubectl`; a secret. */
  readonly kubeconfig: pulumi.Output<string>;
  /** The cluster's name in AWS. */
  readonly clusterName: string;
  /** The VPC, created or given. */
  readonly vpcId: pulumi.Output<string>;
  /** Subnets of the nodes, one for each zone. */
  readonly privateSubnetIds: pulumi.Output<string[]>;
  /** Subnets of internet-facing load balancers. */
  readonly publicSubnetIds: pulumi.Output<string[]>;
  /** ARN of the role that every node has. */
  readonly nodeRoleArn: pulumi.Output<string>;
  /**
   * Talks to the cluster, for objects of a program's own. A program has no default provider of Kubernetes: name this one.
   *
   * @example
   * ```ts
   * new k8s.core.v1.ConfigMap("settings", { metadata: { namespace: "shop" }, data: { colour: "blue" } }, {
   *   provider: platform.provider,
   *   dependsOn: [platform],
   * });
   * ```
   */
  readonly provider: k8s.Provider;

  constructor(name: string, { settings, transform = {} }: PlatformArgs, opts?: pulumi.ComponentResourceOptions) {
    const resolved = appsInMesh(settings);
    requireExpressible(resolved, renderer);
    requireMadeOnce(settings, resolved);
    super("Platform", name, opts);
    const { region } = settings.aws;
    const { tags } = settings;
    const awsProvider = this.awsProvider(name, settings);
    const stage = { parent: this, providers: { aws: awsProvider } };

    const domains = this.domains(name, settings, transform, stage);
    const ipv6 = settings.gateways.some(({ ipAddressType }) => ipAddressType === "dualstack");
    const network = new Network(
      `${name}-network`,
      { network: settings.network, ipv6, transform: transform.network },
      stage,
    );
    const cluster = new Cluster(
      name,
      {
        cluster: settings.cluster,
        region,
        network,
        awsProvider,
        credentials: settings.aws,
        tags,
        transform: transform.cluster,
      },
      stage,
    );
    const controller = new LoadBalancerController(
      `${name}-load-balancer-controller`,
      { cluster, region, vpcId: network.vpcId, tags, transform: transform.loadBalancerController },
      stage,
    );
    const mesh = new Mesh(
      `${name}-mesh`,
      {
        cluster,
        mesh: settings.mesh,
        namespaces: settings.namespaces,
        protect: settings.cluster.deletionProtection,
        transform: transform.mesh,
      },
      stage,
    );
    const gateways = makeGateways(
      name,
      {
        cluster,
        mesh,
        istio: settings.mesh,
        controller,
        network,
        region,
        domains,
        gateways: settings.gateways,
        transform: transform.gateway,
      },
      stage,
    );
    const refs = { cluster, controller, mesh, gateways, transform: transform.app };
    const apps = this.apps(name, settings, refs, resolved, stage);

    this.urls = Object.fromEntries(apps.flatMap(({ key, app: { urls } }) => (urls.length > 0 ? [[key, urls]] : [])));
    this.loadBalancerNames = Object.fromEntries(
      [...gateways].map(([key, { hostname }]) => [key, hostname.apply(loadBalancerNameOf)]),
    );
    this.certificateArns = Object.fromEntries(domains.map(({ domain, certificate }) => [domain.name, certificate.arn]));
    this.nameServers = Object.fromEntries(
      domains.flatMap(({ domain, zone }) => (zone.nameServers ? [[domain.name, zone.nameServers]] : [])),
    );
    this.kubeconfig = cluster.kubeconfig;
    this.clusterName = cluster.name;
    this.provider = cluster.provider;
    this.nodeRoleArn = cluster.nodeRoleArn;
    this.vpcId = network.vpcId;
    this.privateSubnetIds = network.privateSubnetIds;
    this.publicSubnetIds = network.publicSubnetIds;
    this.registerOutputs({ urls: this.urls });
  }

  /** An explicit provider, so that nothing falls to a default one; it takes over the stack file's `aws:` keys. */
  private awsProvider(name: string, { aws: config, tags }: Settings): aws.Provider {
    return new aws.Provider(
      `${name}-aws`,
      {
        ...config,
        region: config.region as aws.Region,
        defaultTags: { tags: { ...config.defaultTags?.tags, ...tags } },
      },
      { parent: this },
    );
  }

  private domains(
    name: string,
    { domain, cluster }: Settings,
    transform: NonNullable<PlatformArgs["transform"]>,
    stage: pulumi.ComponentResourceOptions,
  ): readonly DomainRefs[] {
    // Keyed by name, so that a further domain may become the first without a new zone.
    return [domain, ...domain.additional].map((settings) => {
      const key = `${name}-domain-${settings.name}`;
      const zone = new HostedZone(
        `${key}-zone`,
        { domain: settings, protect: cluster.deletionProtection, transform: transform.hostedZone },
        stage,
      );
      const certificate = new Certificate(
        `${key}-certificate`,
        { domain: settings, zoneId: zone.zoneId, transform: transform.certificate },
        stage,
      );
      return { key, domain: settings, zone, certificate };
    });
  }

  private apps(
    name: string,
    settings: Settings,
    refs: Pick<AppArgs, "cluster" | "mesh" | "transform"> &
      Pick<NamespacesArgs, "controller"> & { readonly gateways: ReadonlyMap<string, Gateway> },
    resolved: readonly AppInMesh[],
    stage: pulumi.ComponentResourceOptions,
  ) {
    const namespaces = new Namespaces(
      `${name}-namespaces`,
      {
        ...refs,
        names: namespacesToMake(settings),
        settings: new Map(Object.entries(settings.namespaces)),
      },
      stage,
    );
    // No application lives in a gateway's namespace: a name is of one of the two, or of neither.
    const ofGateways = new Map(settings.gateways.map(({ key, namespace }) => [namespace, refs.gateways.get(key)]));
    const madeBy = (name: string) => {
      const gateway = ofGateways.get(name);
      return gateway ? [gateway.namespace] : namespaces.of(name).ready;
    };
    const { overrides } = settings.mesh.mtls;
    if (Object.keys(overrides).length > 0) new MtlsOverrides(`${name}-mtls`, { ...refs, overrides, madeBy }, stage);
    const { external } = settings;
    if (Object.keys(external).length > 0) new External(`${name}-external`, { ...refs, external }, stage);
    const closed = closedNamespaces(settings);
    if (closed.length > 0) {
      // Who else makes a namespace has until then to do so, as for the objects of the mesh.
      const orMesh = (ready: readonly pulumi.Resource[]) => (ready.length > 0 ? ready : [refs.mesh.ready]);
      new NetworkPolicies(
        `${name}-network-policies`,
        {
          cluster: refs.cluster,
          namespaces: closed,
          madeBy: (namespace) => orMesh(madeBy(namespace)),
          gateways: settings.gateways,
          apps: resolved.map(({ routing }) => routing),
        },
        stage,
      );
    }
    const objects = settings.manifests.map(({ object }) => object);
    if (objects.length > 0) new Manifests(`${name}-manifests`, { ...refs, objects, madeBy }, stage);
    const byDefault = settings.mesh.access.default;
    const dryRun = byDefault === "dryRun" ? this.defaultAccess(name, settings, refs, [], stage) : undefined;
    const apps = resolved.map((each) => ({
      key: each.app.name,
      app: new App(
        `${name}-app-${each.app.name}`,
        { ...refs, ...each, defaultAccess: dryRun?.closed, namespace: namespaces.of(each.app.namespace) },
        stage,
      ),
    }));
    if (byDefault === "deny")
      this.defaultAccess(
        name,
        settings,
        refs,
        apps.map(({ app }) => app),
        stage,
      );
    return apps;
  }

  private defaultAccess(
    name: string,
    { mesh, gateways }: Settings,
    refs: Pick<AppArgs, "cluster" | "mesh"> & { readonly gateways: ReadonlyMap<string, Gateway> },
    apps: readonly App[],
    stage: pulumi.ComponentResourceOptions,
  ): DefaultAccess {
    const enforcement = mesh.access.default === "dryRun" ? "dryRun" : "enforced";
    const open = gateways.flatMap((settings) => {
      const gateway = refs.gateways.get(settings.key);
      return gateway ? [{ settings, gateway }] : [];
    });
    const { cluster, mesh: ref } = refs;
    return new DefaultAccess(`${name}-access`, { cluster, mesh: ref, enforcement, gateways: open, apps }, stage);
  }
}

/** `k8s-istio-gateway-0a1b2c-3d4e5f.elb.eu-west-1.amazonaws.com` is the load balancer `k8s-istio-gateway-0a1b2c`. */
function loadBalancerNameOf(hostname: string): string {
  const label = hostname.split(".")[0] ?? "";
  return label.slice(0, label.lastIndexOf("-"));
}
