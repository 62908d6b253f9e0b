import { networkPolicyUnenforced } from "../../../../policies/rules/kubernetes/network-policy-unenforced";
import { cases } from "../../cases";
import type { Loose, StackDraft } from "../../stack";
import { add } from "./drafts";

function addPolicy(stack: StackDraft): Loose {
  const metadata = { name: "default", namespace: "bookinfo" };
  return add(stack, { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata, spec: { podSelector: {} } });
}

function addon(stack: StackDraft, properties: object): void {
  stack.openCluster();
  stack.addResource("aws:eks/addon:Addon", "eks-istio-dev-vpc-cni", { addonName: "vpc-cni", ...properties });
  addPolicy(stack);
}

const component = (stack: StackDraft): Loose => stack.resource("eks:index:Cluster");

const found = (by: string): string[] => [
  `NetworkPolicy bookinfo/default: is enforced by nobody: eks ${by} has the add-on vpc-cni without enableNetworkPolicy, and no other network plugin is here. Set enableNetworkPolicy in the add-on's configuration (cluster.networkPolicies: true).`,
];

export default cases(networkPolicyUnenforced, {
  breaks: {
    "a policy beside a CNI that enforces none": { change: addPolicy, finds: found("Cluster eks-istio-dev") },
    "an add-on without configuration": {
      change: (stack) => addon(stack, {}),
      finds: found("Addon eks-istio-dev-vpc-cni"),
    },
    "an add-on that is configured otherwise": {
      change: (stack) => addon(stack, { configurationValues: '{"enableNetworkPolicy": "false"}' }),
      finds: found("Addon eks-istio-dev-vpc-cni"),
    },
  },
  keeps: {
    "a CNI that enforces policies": (stack) => {
      component(stack).vpcCniOptions.enableNetworkPolicy = true;
      addPolicy(stack);
    },
    "an add-on that enforces them": (stack) => addon(stack, { configurationValues: '{"enableNetworkPolicy": "true"}' }),
    "an add-on that enforces them, configured by a map": (stack) =>
      addon(stack, { configurationValues: { enableNetworkPolicy: true } }),
    "an add-on whose configuration can't be read": (stack) => addon(stack, { configurationValues: "{" }),
    "no policy": () => undefined,
    "a cluster that others make": (stack) => {
      stack.remove("eks:index:Cluster");
      addPolicy(stack);
    },
    "a cluster whose add-on others install": (stack) => {
      stack.openCluster();
      addPolicy(stack);
    },
    "EKS's Auto Mode": (stack) => {
      component(stack).autoMode = { enabled: true };
      addPolicy(stack);
    },
    "the CNI as EKS installs it by itself": (stack) => {
      component(stack).useDefaultVpcCni = true;
      addPolicy(stack);
    },
    "another plugin by a chart": (stack) => {
      stack.addResource("kubernetes:helm.sh/v3:Release", "cilium", { chart: "cilium", name: "cilium" });
      addPolicy(stack);
    },
    "another plugin by an add-on": (stack) => {
      stack.addResource("aws:eks/addon:Addon", "tigera", { addonName: "tigera_calico-operator" });
      addPolicy(stack);
    },
    "another plugin's pods": (stack) => {
      add(stack, {
        apiVersion: "apps/v1",
        kind: "DaemonSet",
        metadata: { name: "calico-node", namespace: "kube-system" },
      });
      addPolicy(stack);
    },
  },
});
