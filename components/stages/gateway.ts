import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { helmRelease } from "./helm-release";
import { registerMeshObject } from "./mesh-objects";
import { wildcardObject } from "../manifests/istio/gateway";
import { gatewayRateLimit, type RouteLimit } from "../manifests/istio/rate-limit";
import { gatewayService, schemeAnnotation } from "../manifests/kubernetes/gateway-service";
import { istioGateway } from "../manifests/charts/istio-gateway";
import { formerNamespaceName, gatewayNamespace, ownNamespaceName } from "./gateway-namespaces";
import { objectName } from "./object-name";
import type { ClusterRef, GatewayRef, LoadBalancerControllerRef, MeshRef, NetworkRef } from "../references";
import type { GatewaySettings } from "../settings/gateways/schema";
import type { MeshSettings } from "../settings/mesh/schema";
import { protection } from "./protection";
import { Stage } from "./stage";
import { transformed, type Transform } from "./transform";

export interface GatewayArgs {
  readonly cluster: ClusterRef;
  readonly mesh: MeshRef;
  readonly controller: LoadBalancerControllerRef;
  /** The network that the load balancer stands in, and must leave before it goes. */
  readonly network: Pick<NetworkRef, "ingress" | "privateSubnetIds" | "publicSubnetIds">;
  readonly gateway: GatewaySettings;
  /** The gateway's chart is Istio's, of the mesh's version; its pods are of the mesh's control plane, whatever the data plane. */
  readonly istio: Pick<MeshSettings, "repository" | "version" | "revision">;
  /** What makes its namespace, where it shares one with other gateways. Left out, it makes its own. */
  readonly sharedNamespace?: pulumi.Resource | undefined;
  /** Where its own namespace stood before it was its own. */
  readonly namespaceAliases?: readonly pulumi.Alias[];
  /** ARNs of validated certificates of the domains it serves; the first is for clients without SNI. */
  readonly certificateArns: readonly pulumi.Input<string>[];
  /** Hosts it serves, e.g. `["*.example.com", "example.com"]`. */
  readonly hosts: readonly string[];
  /** Limits of applications' routes, which its pods count. Default: none. */
  readonly routeLimits?: readonly RouteLimit[];
  /** Changes to single children. */
  readonly transform?: {
    readonly service?: Transform<k8s.core.v1.ServiceArgs>;
    readonly pods?: Transform<k8s.helm.v3.ReleaseArgs>;
    readonly gateway?: Transform<k8s.apiextensions.CustomResourceArgs>;
    readonly rateLimit?: Transform<k8s.apiextensions.CustomResourceArgs>;
  };
}

/**
 * A way in: a Network Load Balancer that ends TLS, and Envoy behind it.
 *
 * The Service is ours and comes first: the load balancer grows while istiod starts, and readiness gates hold from the
 * first pod on. On destroy it goes after the pods and before the controller that must delete the load balancer.
 *
 * The load balancer costs about 17 USD a month, its addresses 4 USD for each zone, and traffic.
 *
 * @example
 * ```ts
 * const gateway = new Gateway("shop-gateway", {
 *   cluster, mesh, controller, network, gateway, istio: settings.mesh,
 *   certificateArns: [certificate.arn], hosts: ["*.example.com", "example.com"],
 * });
 * ```
 * @see https://istio.io/latest/docs/setup/additional-setup/gateway/
 */
export class Gateway extends Stage implements GatewayRef {
  /** `namespace/name` of the Gateway, as a VirtualService writes it. */
  readonly name: string;
  readonly ready: pulumi.Resource;
  /** What makes the namespace that it is in. */
  readonly namespace: pulumi.Resource;
  /** The load balancer's host name. */
  readonly hostname: pulumi.Output<string>;

  constructor(name: string, args: GatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    super("Gateway", name, opts);
    const { cluster, mesh, gateway } = args;
    const child = { parent: this, provider: cluster.provider };
    this.namespace =
      args.sharedNamespace ??
      gatewayNamespace(ownNamespaceName(cluster, gateway.namespace), gateway.namespace, args, {
        parent: this,
        aliases: [{ name: formerNamespaceName(name, gateway) }, ...(args.namespaceAliases ?? [])],
      });
    const { namespace } = this;
    const service = this.service(name, args);
    helmRelease(
      objectName(cluster.name, gateway),
      istioGateway(gateway, args.istio),
      { namespace, service, mesh: mesh.ready, dns: cluster.dns },
      { ...child, ...protection(gateway.deletionProtection), aliases: [{ name: `${name}-pods` }] },
      args.transform?.pods,
    );
    const wildcard = wildcardObject(gateway, args.hosts);
    this.ready = registerMeshObject(wildcard, {
      ...child,
      name,
      dependsOn: [namespace, mesh.ready],
      transform: { Gateway: args.transform?.gateway },
    });
    const limit = gatewayRateLimit(gateway, args.routeLimits ?? []);
    if (limit)
      registerMeshObject(limit, {
        ...child,
        name,
        dependsOn: [namespace, mesh.ready],
        transform: { EnvoyFilter: args.transform?.rateLimit },
      });
    const { metadata } = wildcard.object;
    this.name = `${metadata.namespace}/${metadata.name}`;
    this.hostname = service.status.loadBalancer.ingress.apply((ingress) => ingress[0]?.hostname ?? "");
    this.registerOutputs({ hostname: this.hostname });
  }

  private service(
    name: string,
    { cluster, controller, network, gateway, certificateArns, transform }: GatewayArgs,
  ): k8s.core.v1.Service {
    const subnets = gateway.scheme === "internal" ? network.privateSubnetIds : network.publicSubnetIds;
    const inputs = { certificateArns: joined(pulumi.all([...certificateArns])), subnetIds: joined(subnets) };
    // Another scheme is another load balancer: replaced, the records follow it; updated, they would keep a name that is gone.
    const replaceOnChanges = [`metadata.annotations["${schemeAnnotation}"]`];
    return new k8s.core.v1.Service(
      ...transformed(transform?.service, objectName(cluster.name, gateway), gatewayService(gateway, inputs), {
        aliases: [{ name: `${name}-service` }],
        replaceOnChanges,
        // The new one has the old one's name, which the API server gives only once.
        deleteBeforeReplace: true,
        ...protection(gateway.deletionProtection),
        parent: this,
        provider: cluster.provider,
        dependsOn: [this.namespace, controller.ready, ...network.ingress],
      }),
    );
  }
}

/** AWS's lists in annotations. */
function joined(values: pulumi.Output<string[]>): pulumi.Output<string> {
  return values.apply((each) => each.join(","));
}
