import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { registerMeshObjects, type MeshObjectTransforms } from "./mesh-objects";
import { meshObjectsOf } from "../manifests/app-objects";
import { appObjectKeys, defaultAccessKey, gatewayKey, meshKinds, type AppObjectKey } from "../manifests/mesh-object";
import { closest } from "../settings/reading/suggestions";
import { objectName } from "./object-name";
import { workloadManifests, type VersionManifests } from "../manifests/kubernetes/workload";
import type { ClusterRef, GatewayRef, MeshRef, NamespaceRef } from "../references";
import type { AppAccess } from "../access/model";
import type { AppRouting } from "../routing/model";
import type { AppSettings } from "../settings/apps/schema";
import { Stage } from "./stage";
import { transformed, type Transform } from "./transform";

export interface AppArgs {
  readonly app: AppSettings;
  /** What its routes mean. */
  readonly routing: AppRouting;
  /** Who may call it. */
  readonly access: AppAccess;
  /** What its rules of access wait for where they are only counted: the mesh's own, which counts, too. */
  readonly defaultAccess?: pulumi.Resource | undefined;
  /** Its pods' rights in AWS, which pods get when they are created. */
  readonly awsRights?: pulumi.Resource | undefined;
  /** What its sidecars know: see `importsOf`. Default: everything. */
  readonly imports?: readonly string[] | undefined;
  readonly cluster: ClusterRef;
  readonly mesh: MeshRef;
  /** The stack's gateways, by their keys in the stack file. */
  readonly gateways: ReadonlyMap<string, GatewayRef>;
  readonly namespace: NamespaceRef;
  /** Changes to single children. */
  readonly transform?: {
    /**
     * Its objects in the mesh, by kind, e.g. `VirtualService`, or by key: `destination-rule`, `mesh`, `ingress` for the
     * gateway `default`, `ingress-NAME` for others, `jwt`, `sidecar`, `rate-limit`, `access-allow`, `access-deny`,
     * `access-audit`, `access-custom`. A key that no application has is an error.
     */
    readonly meshObjects?: MeshObjectTransforms<AppObjectKey>;
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
 * new App("shop-checkout", {
 *   app, routing: resolveApp(app, portsOf([app])), access: resolveAccess(app, { callers, byDefault: "allow" }),
 *   cluster, mesh, gateways, namespace,
 * });
 * ```
 */
export class App extends Stage {
  /** Where users reach it, e.g. `https://checkout.example.com`; none for one inside the mesh. */
  readonly urls: readonly string[];
  /** Its rules of who may call it. */
  readonly access: readonly pulumi.Resource[];

  constructor(name: string, args: AppArgs, opts?: pulumi.ComponentResourceOptions) {
    super("App", name, opts);
    this.access = this.meshObjects(name, args);
    this.workload(name, args);
    this.urls = args.app.hosts.map(({ hostname }) => `https://${hostname}`);
    this.registerOutputs({ urls: this.urls });
  }

  private meshObjects(name: string, args: AppArgs): pulumi.Resource[] {
    const { app, routing, access, defaultAccess, imports, cluster, mesh, gateways, namespace, transform } = args;
    checkKeys(transform?.meshObjects, appObjectKeys(gateways.keys()));
    const refs = [...gateways];
    const names = new Map(refs.map(([key, gateway]) => [key, gateway.name]));
    const objects = registerMeshObjects(meshObjectsOf({ app, routing, access, imports }, names), {
      parent: this,
      name,
      provider: cluster.provider,
      dependsOn: [...namespace.ready, mesh.ready],
      given: {
        ...Object.fromEntries(refs.map(([key, gateway]) => [gatewayKey(key), [gateway.ready]])),
        ...(defaultAccess && { [defaultAccessKey]: [defaultAccess] }),
      },
      transform: transform?.meshObjects,
    });
    return [...objects].flatMap(([key, object]) => (key.startsWith("access-") ? [object] : []));
  }

  private workload(name: string, args: AppArgs): void {
    const manifests = workloadManifests(args.app, args.namespace.dataPlane);
    if (!manifests) return;
    const child = { parent: this, provider: args.cluster.provider, dependsOn: [...args.namespace.ready] };
    // The provider waits for a Service's endpoints: it begins when the pods can.
    const withPods = { ...child, dependsOn: [...child.dependsOn, args.mesh.ready, args.cluster.dns] };
    const { transform = {}, cluster } = args;
    const serviceAccount = new k8s.core.v1.ServiceAccount(
      ...transformed(
        transform.serviceAccount,
        objectName(cluster.name, manifests.serviceAccount.metadata),
        manifests.serviceAccount,
        { ...child, aliases: [{ name: `${name}-service-account` }] },
      ),
    );
    new k8s.core.v1.Service(
      ...transformed(transform.service, objectName(cluster.name, manifests.service.metadata), manifests.service, {
        ...withPods,
        aliases: [{ name: `${name}-service` }],
      }),
    );
    for (const version of manifests.versions) this.version(`${name}-${version.version}`, args, version, serviceAccount);
  }

  private version(
    name: string,
    { cluster, mesh, namespace, awsRights, transform }: AppArgs,
    manifests: VersionManifests,
    serviceAccount: k8s.core.v1.ServiceAccount,
  ): void {
    const child = { parent: this, provider: cluster.provider, dependsOn: [...namespace.ready] };
    const credentials = awsRights ? [awsRights, cluster.podIdentityAgent] : [];
    new k8s.apps.v1.Deployment(
      ...transformed(transform?.deployment, name, manifests.deployment, {
        ...child,
        dependsOn: [...child.dependsOn, serviceAccount, mesh.ready, cluster.dns, ...credentials],
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

/**
 * Refuses a transform that would change nothing. Types see most of them, but not the names of gateways, and the engine runs
 * the program without looking at types.
 */
function checkKeys(transforms: object | undefined, keys: readonly AppObjectKey[]): void {
  if (!transforms) return;
  const known: readonly string[] = [...meshKinds, ...keys];
  for (const key of Object.keys(transforms)) {
    if (known.includes(key)) continue;
    const near = closest(key, known);
    throw new pulumi.RunError(
      `The transform meshObjects.${key} of applications would change nothing: it is neither a kind nor a key of their objects. ${near ? `Did you mean "${near}"?` : `Write one of ${known.join(", ")}.`}`,
    );
  }
}
