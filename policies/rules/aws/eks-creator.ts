import type { Rule } from "../../engine/rule";
import { clustersOf } from "../../facts/aws/clusters";

/**
 * Whoever makes the cluster is no administrator by that alone.
 *
 * Off by default: `eks.Cluster` of @pulumi/eks always makes its creator one, so no cluster made with it can comply.
 *
 * @see https://github.com/pulumi/pulumi-eks/issues/2373
 */
export const eksCreator: Rule = {
  id: "AWS-EKS-CREATOR",
  severity: "off",
  title: "whoever makes the cluster is no administrator by that alone",
  why: "The creator's rights stand in no code, so nobody reviews them or remembers to take them away.",
  fix: "Don't let EKS make the creator an administrator, and give the deployer an access entry.",
  codes: ["CIS EKS 4.1.7"],
  docs: "https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html",

  judge: (inventory, check) =>
    check.each(clustersOf(inventory), (cluster) => {
      const admin = cluster.get("accessConfig", "bootstrapClusterCreatorAdminPermissions");
      // EKS makes the creator an administrator unless it is told not to.
      if (admin.boolean() === false) return;
      check.violation(admin, {
        message:
          "makes its creator an administrator, by a right that stands in no code and that nobody will take away.",
        fix: "Set accessConfig.bootstrapClusterCreatorAdminPermissions to false, and give the deployer an access entry.",
      });
    }),
};
