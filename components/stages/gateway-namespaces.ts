import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { namespaceManifest } from "../manifests/kubernetes/namespace";
import { enforced } from "../manifests/kubernetes/pod-security";
import { injectionLabels } from "../manifests/istio/injection";
import type { ClusterRef } from "../references";
import { defaultGateway } from "../settings/gateways/names";
import type { GatewaySettings } from "../settings/gateways/schema";
import type { MeshSettings } from "../settings/mesh/schema";
import { Stage } from "./stage";

/*
 * A gateway's namespace stands with the gateway while no other gateway lives in it, and here while several do. Each place
 * is an alias of the other: a second gateway moves the namespace. Replaced, it would go with all that is in it.
 */

/** Keeps a new pod from counting as ready before the load balancer has found it healthy. */
const readinessGate = { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" };

export interface GatewayNamespacesArgs {
  readonly cluster: ClusterRef;
  /** The control plane of the gateways' pods. */
  readonly istio: Pick<MeshSettings, "revision">;
  /** All gateways of the stack, with the Pulumi names of their components, which stand beside this one. */
  readonly gateways: readonly { readonly component: string; readonly gateway: GatewaySettings }[];
}

/** Namespaces that several gateways share, each made once. */
export class GatewayNamespaces extends Stage {
  private readonly made = new Map<string, k8s.core.v1.Namespace>();

  constructor(name: string, { gateways, ...refs }: GatewayNamespacesArgs, opts: { readonly parent: pulumi.Resource }) {
    super("GatewayNamespaces", name, opts);
    for (const namespace of sharedNamespaces(gateways.map(({ gateway }) => gateway))) {
      const users = gateways.filter(({ gateway }) => gateway.namespace === namespace);
      const ofGateway = ({ component }: (typeof users)[number], place: string) => ({
        name: place,
        parent: pulumi.createUrn(component, "eks-istio:stage:Gateway", opts.parent),
      });
      // The former name of the oldest gateway's place doesn't say which namespace it held: it is the last that is looked for.
      const ordered = [
        ...users.filter(({ gateway }) => gateway.key !== defaultGateway),
        ...users.filter(({ gateway }) => gateway.key === defaultGateway),
      ];
      const resource = gatewayNamespace(`${name}-${namespace}`, namespace, refs, {
        parent: this,
        aliases: [
          // A URN has the parent's type and not its name: this one is of whichever gateway it was.
          ...users.slice(0, 1).map((user) => ofGateway(user, ownNamespaceName(refs.cluster, namespace))),
          ...ordered.map((user) => ofGateway(user, formerNamespaceName(user.component, user.gateway))),
        ],
      });
      this.made.set(namespace, resource);
    }
    this.registerOutputs();
  }

  /** A namespace that several gateways share; undefined for one that belongs to one. */
  of(namespace: string): k8s.core.v1.Namespace | undefined {
    return this.made.get(namespace);
  }
}

/** Names of namespaces in which more than one gateway lives. */
export function sharedNamespaces(gateways: readonly GatewaySettings[]): readonly string[] {
  const names = gateways.map(({ namespace }) => namespace);
  return [...new Set(names.filter((name, index) => names.indexOf(name) < index))];
}

/** Where a namespace stood while several gateways shared it. */
export function sharedPlace(component: string, namespace: string, parent: pulumi.Resource): pulumi.Alias {
  return {
    name: `${component}-${namespace}`,
    parent: pulumi.createUrn(component, "eks-istio:stage:GatewayNamespaces", parent),
  };
}

/** The Pulumi name of a namespace that a gateway has for itself. The gateway's key isn't in it, and may change. */
export function ownNamespaceName(cluster: Pick<ClusterRef, "name">, namespace: string): string {
  return `${cluster.name}-${namespace}`;
}

/** Its name in stacks that stand. */
export function formerNamespaceName(component: string, { key, namespace }: GatewaySettings): string {
  return key === defaultGateway ? `${component}-namespace` : `${component}-namespace.${namespace}`;
}

/** A namespace for gateways' pods. */
export function gatewayNamespace(
  name: string,
  namespace: string,
  { cluster, istio }: Pick<GatewayNamespacesArgs, "cluster" | "istio">,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Namespace {
  return new k8s.core.v1.Namespace(
    name,
    namespaceManifest({
      name: namespace,
      // The chart's pods have no seccomp profile, which is all that "restricted" would refuse.
      labels: { ...injectionLabels(istio.revision), ...readinessGate, ...enforced("baseline") },
    }),
    // A namespace ends when its pods have ended, which takes nodes.
    { ...opts, provider: cluster.provider, dependsOn: [...cluster.nodes] },
  );
}
