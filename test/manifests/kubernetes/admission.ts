import type { NetworkPolicyManifest } from "../../../components/manifests/kubernetes/network-policy";

type Labels = Readonly<Record<string, string>>;

/** Who opens a connection, or takes one. */
export interface Pod {
  readonly namespace: string;
  readonly labels: Labels;
}

/** Where a connection comes from: a pod, an address outside of the cluster, or the node that the pod runs on. */
export type Source = Pod | "outside" | "node";

/** What the evaluator reads of a NetworkPolicy; it refuses any other field. */
interface Policy {
  readonly metadata: { readonly namespace: string };
  readonly spec: {
    readonly podSelector: Selector;
    readonly policyTypes: readonly string[];
    readonly ingress?: readonly {
      readonly from?: readonly { readonly namespaceSelector?: Selector; readonly podSelector?: Selector }[];
      readonly ports?: readonly { readonly protocol: string; readonly port: number }[];
    }[];
  };
}

interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values: string[] }[];
}

/**
 * Whether Kubernetes lets a connection in, as its documentation defines NetworkPolicies.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation
 */
export function letsIn(manifests: readonly NetworkPolicyManifest[], from: Source, to: Pod, port: number): boolean {
  if (from === "node") return true;
  const policies = manifests.map(({ policy }) => policy as unknown as Policy);
  const isolating = policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === to.namespace &&
      spec.policyTypes.includes("Ingress") &&
      selects(spec.podSelector, to.labels),
  );
  if (isolating.length === 0) return true;
  return isolating.some(({ spec, metadata }) =>
    spec.ingress?.some(
      (rule) =>
        (rule.ports?.some((each) => each.protocol === "TCP" && each.port === port) ?? true) &&
        (rule.from?.some((peer) => from !== "outside" && isPeer(peer, from, metadata.namespace)) ?? true),
    ),
  );
}

/** Whether a policy has a say in the connections that a pod opens. */
export function limitsEgress(manifests: readonly NetworkPolicyManifest[], { namespace, labels }: Pod): boolean {
  return manifests
    .map(({ policy }) => policy as unknown as Policy)
    .some(
      ({ metadata, spec }) =>
        metadata.namespace === namespace && spec.policyTypes.includes("Egress") && selects(spec.podSelector, labels),
    );
}

function isPeer(
  { namespaceSelector, podSelector = {} }: { readonly namespaceSelector?: Selector; readonly podSelector?: Selector },
  { namespace, labels }: Pod,
  own: string,
): boolean {
  const near = namespaceSelector
    ? selects(namespaceSelector, { "kubernetes.io/metadata.name": namespace })
    : namespace === own;
  return near && selects(podSelector, labels);
}

function selects({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values }) => {
      if (operator !== "In") throw new Error(`The evaluator doesn't know the operator ${operator}`);
      return values.includes(labels[key] ?? "");
    })
  );
}
