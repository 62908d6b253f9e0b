import type { Rule } from "../../engine/rule";
import { dependenciesOf } from "../../facts/pulumi/dependencies";
import { rolesOfNodes } from "../../facts/aws/node-groups";

/** Nodes have no rights that are meant for pods. */
export const nodeRole: Rule = {
  id: "AWS-NODE-ROLE",
  severity: "advisory",
  title: "the nodes' role has no rights that are meant for pods",
  why: "Rights of a node are rights of everything that breaks out of any pod on it.",
  fix: "Give the pods that need them a role of their own, by Pod Identity.",
  codes: ["CIS EKS 5.2.1"],
  docs: "https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html",

  judge: (inventory, check) => {
    const roles = inventory.once(rolesOfNodes);
    check.each(inventory.ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment"), (attachment) => {
      const [role] = dependenciesOf(inventory, attachment, "aws:iam/role:Role");
      if (!role || !roles.has(role)) return;
      const arn = attachment.get("policyArn");
      const policy = /^arn:[\w-]+:iam::aws:policy\/(?:.*\/)?(.+)$/.exec(arn.text() ?? "")?.[1] ?? "";
      if (!/(FullAccess|CSIDriverPolicy(V2)?|SecretsManagerReadWrite)$/.test(policy)) return;
      check.violation(arn, {
        message: `gives ${policy} to the nodes (${role.name}): whatever breaks out of any pod has it, too.`,
        fix: "Give the pods that need it a role of their own, by Pod Identity.",
      });
    });
  },
};
