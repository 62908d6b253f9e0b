import * as aws from "@pulumi/aws";
import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { AppArgs } from "./stages/app";
import { makeApplications } from "./stages/applications";
import { Certificate, type CertificateArgs } from "./stages/certificate";
import { Cluster, type ClusterArgs } from "./stages/cluster";
import { makeEgressGateways, type EgressGatewayArgs } from "./stages/egress-gateway";
import type { GatewayArgs } from "./stages/gateway";
import { makeGateways, type DomainRefs } from "./stages/gateways";
import { HostedZone, type HostedZoneArgs } from "./stages/hosted-zone";
import { LoadBalancerController, type LoadBalancerControllerArgs } from "./stages/load-balancer-controller";
import { renderer } from "./manifests/app-objects";
import { appsInMesh } from "./manifests/apps-in-mesh";
import { requireMadeOnce } from "./stages/made-once";
import { Mesh, type MeshArgs } from "./stages/mesh";
import { Network, type NetworkArgs } from "./stages/network";
import { requireExpressible } from "./stages/expressible";
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
    readonly egressGateway?: EgressGatewayArgs["transform"];
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
        fetchesKeys: settings.apps.some(({ jwt = [] }) => jwt.some(({ jwks }) => jwks === undefined)),
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
        apps: resolved.map(({ routing }) => routing),
        transform: transform.gateway,
      },
      stage,
    );
    const egressGateways = makeEgressGateways(
      name,
      {
        cluster,
        mesh,
        istio: settings.mesh,
        gateways: settings.egressGateways,
        transform: transform.egressGateway,
      },
      stage,
    );
    const apps = makeApplications(
      name,
      { settings, apps: resolved, cluster, controller, mesh, gateways, egressGateways, transform: transform.app },
      stage,
    );

    this.urls = Object.fromEntries([...apps].flatMap(([key, { urls }]) => (urls.length > 0 ? [[key, urls]] : [])));
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
}

/** `k8s-istio-gateway-0a1b2c-3d4e5f.elb.eu-west-1.amazonaws.com` is the load balancer `k8s-istio-gateway-0a1b2c`. */
function loadBalancerNameOf(hostname: string): string {
  const label = hostname.split(".")[0] ?? "";
  return label.slice(0, label.lastIndexOf("-"));
}
