import { unenforcedBy } from "../../facts/aws/network-policies";
import type { Rule } from "../../engine/rule";

/** A NetworkPolicy is enforced by somebody. */
export const networkPolicyUnenforced: Rule = {
  id: "K8S-NETWORK-POLICY-UNENFORCED",
  severity: "advisory",
  title: "where there are NetworkPolicies, something enforces them",
  why: "The API server takes them whether or not somebody reads them: a namespace looks closed, and is open.",
  fix: "Set enableNetworkPolicy in the configuration of the add-on vpc-cni.",
  codes: ["CIS EKS 4.3.1"],
  docs: "https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html",

  judge: (inventory, check) =>
    check.each(inventory.objects("NetworkPolicy"), (policy) => {
      const by = unenforcedBy(inventory);
      if (!by) return;
      check.violation(policy, {
        message: `is enforced by nobody: ${by.label} has the add-on vpc-cni without enableNetworkPolicy, and no other network plugin is here.`,
        fix: "Set enableNetworkPolicy in the add-on's configuration (cluster.networkPolicies: true).",
        cause: `${by.label} enforces no NetworkPolicy`,
      });
    }),
};
