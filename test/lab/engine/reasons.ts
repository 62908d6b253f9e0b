import type { Cloud } from "./cloud";
import { made, type StateResource } from "./graph";

/** Something that waits for something because the program says so, and not for a value of it. */
export interface DeclaredEdge {
  readonly from: string;
  readonly to: string;
  /** `TYPE NAME` of the one that waits. */
  readonly waits: string;
  /** `TYPE NAME` of what it waits for. */
  readonly on: string;
  /** Missing if it is needless. */
  readonly because?: string;
}

/** Why the program declares what no input asks for, and the stand-ins don't fail without: an edge for no reason is a defect. */
export const reasons: readonly (readonly [waits: RegExp, on: RegExp, because: string])[] = [
  [/^kubernetes:/, /:Namespace /, "it stands in its namespace"],
  [
    /:Namespace .*-namespaces-/,
    /:Addon .*-ebs-csi-driver$/,
    "its pods end when their volumes are unmounted, whoever made them",
  ],
  [
    /:Namespace .*-namespaces-/,
    /:Release .*-controller$/,
    "it ends when its Services are rid of their load balancers, whoever made them",
  ],
  [/:Deployment /, /:ServiceAccount /, "its pods run as it"],
  [
    /:Deployment |:Service .*-(bookinfo|membership)\/|:Release .*(-controller|\/istio-ingress)$/,
    /:Addon .*-coredns$/,
    "its pods ask for names",
  ],
  [
    /:Service .*-(bookinfo|membership)\//,
    /:Release .*-istiod$/,
    "the provider waits for its endpoints, so for pods with sidecars",
  ],
  [/:Release .*-istiod$/, /:Release .*-base$/, "istiod reads its CRDs"],
  [/:Release .*\/istio-ingress$/, /:Release .*-istiod$/, "istiod's injector says what image they have"],
  [
    /:Release .*\/istio-ingress$/,
    /:Service .*\/istio-ingress$/,
    "readiness gates hold for targets of a Service that is there",
  ],
  [/:VirtualService .*-mesh$/, /:DestinationRule /, "a route to a subset that nobody defined answers 503"],
  [/:VirtualService .*-ingress$/, /:Gateway /, "it names its Gateway"],
  [
    /:Service .*\/istio-ingress$/,
    /:RouteTableAssociation .*-public-/,
    "the load balancer leaves its subnets while they have a route",
  ],
  [
    /:Release .*-controller$/,
    /:PodIdentityAssociation .*-controller$/,
    "a pod has the credentials that were there as it began",
  ],
  [
    /:Release .*-controller$|:Addon .*-ebs-csi-driver$/,
    /:Addon .*-pod-identity-agent$/,
    "the agent hands out its credentials",
  ],
  [
    /:Addon .*-ebs-csi-driver$/,
    /:PodIdentityAssociation .*-ebs-csi$/,
    "a driver has the credentials that were there as it began",
  ],
  [/:Addon /, /:NodeGroup /, "it runs pods"],
  [/:PodIdentityAssociation /, /:RolePolicy(Attachment)? /, "who gets the role may use it at once"],
  [/:PodIdentityAssociation /, /^eks:index:Cluster |^pulumi:providers:kubernetes /, "it is the cluster's"],
  [/:NodeGroup /, /^eks:index:Cluster /, "nodes join the cluster"],
  [/:NodeGroup /, /:RolePolicyAttachment /, "nodes join with their role's rights"],
  [/:NodeGroup /, /:Route .*-nat$|:RouteTableAssociation .*-private-/, "nodes join through NAT"],
  [/^eks:index:Cluster /, /:LogGroup .*-logs$/, "EKS makes the log group itself otherwise, and keeps it for ever"],
  [/:FlowLog /, /:RolePolicy /, "it writes with its role's rights"],
  [/:Eip /, /:InternetGateway /, "an address goes before the gateway that it is reached by"],
  [/:RouteTableAssociation .*-public-/, /:Route .*-public-internet$/, "a public subnet is one with a route"],
  [/:NatGateway /, /:RouteTableAssociation .*-public-/, "it needs a way out"],
];

/** The edges among a program's resources that come from no input, each with its reason. */
export function declaredEdges(cloud: Cloud, state: readonly StateResource[]): DeclaredEdge[] {
  const resources = new Map(state.map((each) => [each.urn, each]));
  return state.flatMap((from) => {
    const values = new Set(Object.values(from.propertyDependencies).flat());
    return from.dependencies
      .filter((urn) => !values.has(urn))
      .map((urn) => {
        const to = resources.get(urn);
        if (!to) throw new Error(`${from.urn} waits for ${urn}, which isn't there.`);
        const [waits, on] = [from, to].map(({ type, name }) => `${type} ${name}`) as [string, string];
        return { from: from.urn, to: urn, waits, on, because: asked(cloud, from, to) ?? listed(waits, on) };
      });
  });
}

/** The state as it would be without the edges that have no reason. */
export function withoutNeedless(state: readonly StateResource[], edges: readonly DeclaredEdge[]): StateResource[] {
  const needless = new Set(edges.filter(({ because }) => because === undefined).map(({ from, to }) => `${from} ${to}`));
  return state.map((each) => ({
    ...each,
    dependencies: each.dependencies.filter((urn) => !needless.has(`${each.urn} ${urn}`)),
  }));
}

/** What the stand-in says where the other is missing. */
function asked(cloud: Cloud, from: StateResource, to: StateResource): string | undefined {
  if (!made(from)) return undefined;
  const need = cloud
    .type(from.type)
    .needs?.find((each) => each.applies?.(from.inputs) !== false && each.met(to.type, to.inputs));
  return need?.otherwise;
}

function listed(waits: string, on: string): string | undefined {
  return reasons.find(([from, to]) => from.test(waits) && to.test(on))?.[2];
}
