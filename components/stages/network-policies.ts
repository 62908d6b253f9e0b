import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { flowsOf, type StackFlows } from "../manifests/kubernetes/flows";
import { denyKey, networkPolicies } from "../manifests/kubernetes/network-policy";
import type { ClusterRef } from "../references";
import { Stage } from "./stage";

export interface NetworkPoliciesArgs extends StackFlows {
  readonly cluster: ClusterRef;
  /** The namespaces to close, each once. */
  readonly namespaces: readonly string[];
  /** What makes a namespace, or what to wait for where somebody else made it. */
  readonly madeBy: (namespace: string) => readonly pulumi.Resource[];
}

/**
 * NetworkPolicies that let in to each namespace what the stack file implies, and nothing else. Policies add up: others open
 * more with ones of their own. They are enforced where `cluster.networkPolicies` says so to the VPC CNI.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html
 */
export class NetworkPolicies extends Stage {
  constructor(
    name: string,
    { cluster, namespaces, madeBy, ...stack }: NetworkPoliciesArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("NetworkPolicies", name, opts);
    const flows = flowsOf(stack);
    for (const namespace of namespaces) {
      const ready = madeBy(namespace);
      const open: pulumi.Resource[] = [];
      for (const { key, policy } of networkPolicies(namespace, flows)) {
        // The one that closes the namespace comes after those that open it, and on the way down it goes first.
        const dependsOn = key === denyKey ? [...ready, ...open] : [...ready];
        // A dot, which no namespace has, tells the two names apart.
        const resource = new k8s.networking.v1.NetworkPolicy(`${name}-${namespace}.${key}`, policy, {
          parent: this,
          provider: cluster.provider,
          dependsOn,
        });
        open.push(resource);
      }
    }
    this.registerOutputs();
  }
}
