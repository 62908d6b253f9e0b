import type { Rule } from "../../engine/rule";
import { wrongValue } from "../../facts/causes";
import { nodeGroupsOf } from "../../facts/aws/node-groups";

/** Pods can't take the node's role from the instance metadata service. */
export const nodeImds: Rule = {
  id: "AWS-NODE-IMDS",
  severity: "mandatory",
  title: "pods can't take the node's credentials: IMDSv2 with a hop limit of 1",
  why: "A pod that is tricked into fetching an address, or broken into, gets the node's role from the instance metadata service, and with it every image and network interface of the account.",
  fix: "Require tokens in the launch template's metadata options, with a hop limit of 1.",
  codes: ["CKV_AWS_79", "CKV_AWS_341"],
  docs: "https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html",

  judge: (inventory, check) => {
    check.each(inventory.ofType("aws:ec2/launchTemplate:LaunchTemplate"), (template) => {
      const options = template.get("metadataOptions");
      if (options.get("httpEndpoint").text() === "disabled") return;
      const tokens = options.get("httpTokens");
      if (tokens.text() !== "required")
        check.violation(tokens, {
          message: `doesn't require tokens of the instance metadata service (httpTokens is ${tokens.text() ?? "not set"}): whatever makes a pod fetch an address gets the node's credentials.`,
          fix: 'Set metadataOptions.httpTokens to "required".',
        });
      const limit = options.get("httpPutResponseHopLimit");
      if (limit.number() !== 1)
        check.violation(limit, {
          message: `lets pods reach the instance metadata service (the hop limit is ${limit.number() ?? "not set, and 2 in Amazon Linux 2023"}), where they get the node's credentials.`,
          fix: "Set metadataOptions.httpPutResponseHopLimit to 1; pods that need AWS get a Pod Identity.",
        });
    });
    check.each(nodeGroupsOf(inventory), (group) => {
      const template = group.get("launchTemplate");
      if (template.isUnknown || template.exists) return;
      check.violation(template, {
        ...wrongValue(template),
        message:
          "has no launch template, and EKS' own lets pods reach the instance metadata service, where they get the node's credentials.",
        fix: 'Give it a launch template with metadataOptions {httpTokens: "required", httpPutResponseHopLimit: 1}.',
      });
    });
  },
};
