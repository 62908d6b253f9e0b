import type { Inventory } from "../../engine/inventory";
import type { Resource } from "../../engine/resource";
import type { Rule } from "../../engine/rule";
import { addonsCalled } from "../../facts/aws/addons";
import { clustersOf } from "../../facts/aws/clusters";
import { rolesOfNodes } from "../../facts/aws/node-groups";
import { dependenciesOf } from "../../facts/pulumi/dependencies";

/** Where the VPC CNI has a role of its own, the nodes have none of its rights. */
export const cniRole: Rule = {
  id: "AWS-CNI-ROLE",
  severity: "advisory",
  title: "the nodes' role lacks the VPC CNI's rights where the CNI has a role of its own",
  why: "The CNI needs them no more; whatever breaks out of any pod may still take addresses from other nodes' interfaces.",
  fix: "Once every node's aws-node pod was created after the role, detach AmazonEKS_CNI_Policy from the nodes' role.",
  codes: ["CIS EKS 5.2.1"],
  docs: "https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html#_update_the_aws_node_daemonset_to_use_irsa",

  judge: (inventory, check) => {
    // Of several, nobody knows here whose nodes are meant.
    if (clustersOf(inventory).length > 1) return;
    const roles = inventory.once(rolesOfNodes);
    check.each(inventory.ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment"), (attachment) => {
      const [role] = dependenciesOf(inventory, attachment, "aws:iam/role:Role");
      if (!role || !roles.has(role)) return;
      const arn = attachment.get("policyArn");
      if (!/^arn:[\w-]+:iam::aws:policy\/AmazonEKS_CNI_Policy$/.test(arn.text() ?? "")) return;
      const own = ownRole(inventory);
      if (own === undefined) return;
      check.violation(arn, {
        message: `gives AmazonEKS_CNI_Policy to the nodes (${role.name}), though the CNI has a role of its own by ${own.label}: whatever breaks out of any pod has it, too.`,
        fix: "Once every node's aws-node pod was created after that role, detach it (cluster.cniPermissions: podIdentity).",
      });
    });
  },
};

/** What gives the CNI's pods a role; undefined if nothing does. */
function ownRole(inventory: Inventory): Resource | undefined {
  const association = inventory
    .ofType("aws:eks/podIdentityAssociation:PodIdentityAssociation")
    .find((one) => one.get("serviceAccount").text() === "aws-node" && one.get("namespace").text() === "kube-system");
  return (
    association ??
    addonsCalled("vpc-cni", inventory).find(
      (addon) => addon.get("serviceAccountRoleArn").exists || addon.get("podIdentityAssociations").list().length > 0,
    )
  );
}
