import type { ClusterArgs } from "@pulumi/eks";
import type { ClusterSettings } from "../../settings/cluster/schema";

/** EKS access entries, by name. */
export function accessEntries(
  { admins, access }: Pick<ClusterSettings, "admins" | "access">,
  partition: string,
): ClusterArgs["accessEntries"] {
  const entry = (principalArn: string, policy: string, namespaces: readonly string[]) => ({
    principalArn,
    accessPolicies: {
      [policy]: {
        policyArn: `arn:${partition}:eks::aws:cluster-access-policy/${policy}`,
        accessScope: namespaces.length > 0 ? { type: "namespace", namespaces: [...namespaces] } : { type: "cluster" },
      },
    },
  });
  return {
    ...Object.fromEntries(
      Object.entries(admins).map(([name, arn]) => [name, entry(arn, "AmazonEKSClusterAdminPolicy", [])]),
    ),
    ...Object.fromEntries(
      Object.entries(access).map(([name, { principalArn, policy, namespaces }]) => [
        name,
        entry(principalArn, policy, namespaces),
      ]),
    ),
  };
}
