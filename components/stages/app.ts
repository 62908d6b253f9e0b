import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { istioResource } from "./istio-resource";
import { destinationRule } from "../manifests/istio/destination-rule";
import { ingressVirtualService, meshVirtualService, type ServicePorts } from "../manifests/istio/virtual-service";
import { workloadManifests, type VersionManifests } from "../manifests/kubernetes/workload";
import { forGateway } from "../settings/gateways/names";
import type { ClusterRef, GatewayRef, MeshRef, NamespaceRef } from "../references";
import type { AppSettings } from "../settings/apps/schema";
import { Stage } from "./stage";
import { transformed, type Transform } from "./transform";

export interface AppArgs {
  readonly app: AppSettings;
  readonly cluster: ClusterRef;
  readonly mesh: MeshRef;
  /** The stack's gateways, by key. */
  readonly gateways: ReadonlyMap<string, GatewayRef>;
  readonly namespace: NamespaceRef;
  /** Ports of the services in this stack, by host name, for routes to neighbours that name none. */
  readonly ports: ServicePorts;
  /** Changes to single children. */
  readonly transform?: {
    readonly virtualService?: Transform<k8s.apiextensions.CustomResourceArgs>;
    readonly destinationRule?: Transform<k8s.apiextensions.CustomResourceArgs>;
    readonly serviceAccount?: Transform<k8s.core.v1.ServiceAccountArgs>;
    readonly service?: Transform<k8s.core.v1.ServiceArgs>;
    readonly deployment?: Transform<k8s.apps.v1.DeploymentArgs>;
    readonly autoscaler?: Transform<k8s.autoscaling.v2.HorizontalPodAutoscalerArgs>;
    readonly disruptionBudget?: Transform<k8s.policy.v1.PodDisruptionBudgetArgs>;
  };
}

/**
 * One application: its rules in the mesh, its hosts on the gateways, and, if asked for, its pods. It needs no DNS,
 * certificate or load balancer of its own.
 *
 * Nothing here waits for the load balancer, only for istiod: its webhooks judge the rules and inject the sidecars.
 *
 * @example
 * ```ts
 * new App("shop-checkout", { app, cluster, mesh, gateways, namespace, ports: {} });
 * ```
 */
export class App extends Stage {
  /** Where users reach it, e.g. `https://checkout.example.com`; none for one inside the mesh. */
  readonly urls: readonly string[];

  constructor(name: string, args: AppArgs, opts?: pulumi.ComponentResourceOptions) {
    super("App", name, opts);
    const { app, mesh, gateways, ports } = args;
    const rules = this.rule(`${name}-destination-rule`, args, destinationRule(app), [mesh.ready]);
    // Its subsets first: a route to a subset that nobody defined answers 503.
    for (const [key, gateway] of gateways) {
      // Never one rule for two: a Gateway for `*.example.com` takes every host below it, of whatever depth.
      const here = { ...app, hosts: app.hosts.filter((host) => host.gateway === key) };
      const rule = ingressVirtualService(here, gateway.name, ports);
      this.rule(forGateway(`${name}-ingress`, key), args, rule, [mesh.ready, gateway.ready, ...rules]);
    }
    this.rule(`${name}-mesh`, args, meshVirtualService(app, ports), [mesh.ready, ...rules]);
    this.workload(name, args);
    this.urls = app.hosts.map(({ hostname }) => `https://${hostname}`);
    this.registerOutputs({ urls: this.urls });
  }

  private rule(
    name: string,
    { cluster, namespace, transform = {} }: AppArgs,
    manifest: Parameters<typeof istioResource>[1] | undefined,
    after: readonly pulumi.Resource[],
  ): pulumi.Resource[] {
    if (!manifest) return [];
    const opts = { parent: this, provider: cluster.provider, dependsOn: [...namespace.ready, ...after] };
    const change = manifest.kind === "DestinationRule" ? transform.destinationRule : transform.virtualService;
    return [istioResource(name, manifest, opts, change)];
  }

  private workload(name: string, args: AppArgs): void {
    const manifests = workloadManifests(args.app, args.mesh.sidecarResources);
    if (!manifests) return;
    const child = { parent: this, provider: args.cluster.provider, dependsOn: [...args.namespace.ready] };
    // The provider waits for a Service's endpoints: it begins when the pods can.
    const withPods = { ...child, dependsOn: [...child.dependsOn, args.mesh.ready, args.cluster.dns] };
    const { transform = {} } = args;
    const serviceAccount = new k8s.core.v1.ServiceAccount(
      ...transformed(transform.serviceAccount, `${name}-service-account`, manifests.serviceAccount, child),
    );
    new k8s.core.v1.Service(...transformed(transform.service, `${name}-service`, manifests.service, withPods));
    for (const version of manifests.versions) this.version(`${name}-${version.version}`, args, version, serviceAccount);
  }

  private version(
    name: string,
    { cluster, mesh, namespace, transform }: AppArgs,
    manifests: VersionManifests,
    serviceAccount: k8s.core.v1.ServiceAccount,
  ): void {
    const child = { parent: this, provider: cluster.provider, dependsOn: [...namespace.ready] };
    new k8s.apps.v1.Deployment(
      ...transformed(transform?.deployment, name, manifests.deployment, {
        ...child,
        dependsOn: [...child.dependsOn, serviceAccount, mesh.ready, cluster.dns],
      }),
    );
    new k8s.autoscaling.v2.HorizontalPodAutoscaler(
      ...transformed(transform?.autoscaler, name, manifests.autoscaler, child),
    );
    if (!manifests.disruptionBudget) return;
    new k8s.policy.v1.PodDisruptionBudget(
      ...transformed(transform?.disruptionBudget, name, manifests.disruptionBudget, child),
    );
  }
}
