import type { Rule } from "../../engine/rule";
import { nodeGroupsOf } from "../../facts/aws/node-groups";
import { everywhere, isForAll, isForPort, securityGroupsOf, securityRulesOf } from "../../facts/aws/security-groups";

/** The whole internet can't knock at SSH, Remote Desktop, or every port. */
export const sshOpen: Rule = {
  id: "AWS-SSH-OPEN",
  severity: "mandatory",
  title: "SSH and Remote Desktop aren't open to the whole internet",
  why: "Machines that anybody can reach on these ports are tried with stolen passwords and keys within minutes.",
  fix: "Use Session Manager, or name the addresses that administrators come from.",
  codes: ["CKV_AWS_24", "CKV_AWS_25", "CKV_AWS_100", "CKV_AWS_277"],
  docs: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",

  judge: (inventory, check) => {
    check.each(securityGroupsOf(inventory), (group) =>
      check.each(securityRulesOf(group, "ingress"), (rule) => {
        const range = everywhere(rule);
        if (range === undefined) return;
        const open = ports.filter(({ port }) => isForPort(rule, port)).map(({ name }) => name);
        if (open.length === 0) return;
        check.violation(rule, {
          message: `opens ${isForAll(rule) ? "every port" : open.join(" and ")} to the whole internet (${range}): strangers try stolen passwords and keys within minutes.`,
          fix: "Take the rule out and use Session Manager, or name the addresses that administrators come from.",
        });
      }),
    );
    check.each(nodeGroupsOf(inventory), (group) => {
      const access = group.get("remoteAccess");
      const key = access.get("ec2SshKey");
      const sources = access.get("sourceSecurityGroupIds");
      if (!key.exists || sources.list().length > 0) return;
      check.violation(access, {
        message: "allows SSH and names no security groups it may come from, which EKS opens to the whole internet.",
        fix: "Leave remoteAccess out and use Session Manager, or set remoteAccess.sourceSecurityGroupIds.",
      });
    });
  },
};

const ports = [
  { port: 22, name: "SSH" },
  { port: 3389, name: "Remote Desktop" },
];
