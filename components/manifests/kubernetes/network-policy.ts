import type * as k8s from "@pulumi/kubernetes";
import { oursAlone } from "../ownership";
import type { Flow, Peer } from "./flows";

/** A NetworkPolicy, and what it is called among those of its namespace. */
export interface NetworkPolicyManifest {
  readonly key: string;
  readonly policy: k8s.networking.v1.NetworkPolicyArgs;
}

/** The name of the policy that closes a namespace. The others open it again, each for one flow. */
export const denyKey = "default-deny-ingress";

/**
 * What lets in to a namespace the flows that end there, and nothing else. Pods may open connections to wherever they like:
 * what they may ask of whom is for the mesh to say. Kubernetes lets a pod's own node in whatever is written here, and so probes.
 *
 * @param flows all of a stack's
 * @returns one for each flow, and last the one that closes the namespace: it comes after what it would shut out
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function networkPolicies(namespace: string, flows: readonly Flow[]): readonly NetworkPolicyManifest[] {
  const own = flows.filter((flow) => flow.to.namespace === namespace);
  return [
    ...own.map(({ key, to, from, ports }) =>
      manifest(namespace, key, {
        podSelector: to.pods ? { matchLabels: to.pods } : {},
        policyTypes: ["Ingress"],
        ingress: [
          {
            ...(from && { from: from.map(peer) }),
            ...(ports && { ports: ports.map((port) => ({ protocol: "TCP", port })) }),
          },
        ],
      }),
    ),
    manifest(namespace, denyKey, { podSelector: {}, policyTypes: ["Ingress"] }),
  ];
}

function manifest(
  namespace: string,
  key: string,
  spec: k8s.types.input.networking.v1.NetworkPolicySpec,
): NetworkPolicyManifest {
  return {
    key,
    policy: {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: key, namespace, annotations: oursAlone },
      spec,
    },
  };
}

/** Kubernetes itself labels each namespace with its name. */
function peer({ namespaces, pods }: Peer): k8s.types.input.networking.v1.NetworkPolicyPeer {
  return {
    namespaceSelector: {
      matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "In", values: [...namespaces] }],
    },
    ...(pods && { podSelector: { matchLabels: pods } }),
  };
}
