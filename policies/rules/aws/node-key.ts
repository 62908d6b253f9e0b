import type { Rule } from "../../engine/rule";
import { nodeGroupsOf } from "../../facts/aws/node-groups";

/** Nobody holds a key to all nodes. */
export const nodeKey: Rule = {
  id: "AWS-NODE-KEY",
  severity: "advisory",
  title: "nodes have no SSH key",
  why: "Whoever has one key pair's file is root on every node, and no log says who it was.",
  fix: "Leave the key pair out, and use Session Manager or `kubectl debug node`.",
  codes: [],
  docs: "https://docs.aws.amazon.com/eks/latest/best-practices/protecting-the-infrastructure.html",

  judge: (inventory, check) => {
    const keys = [
      ...inventory.ofType("aws:ec2/launchTemplate:LaunchTemplate").map((template) => template.get("keyName")),
      ...nodeGroupsOf(inventory).map((group) => group.get("remoteAccess", "ec2SshKey")),
    ];
    check.each(keys, (key) => {
      const name = key.text();
      if (!name) return;
      check.violation(key, {
        message: `whoever has the file of the key pair "${name}" is root on every node, and no log says who it was.`,
        fix: "Leave the key pair out, and use Session Manager or `kubectl debug node`.",
      });
    });
  },
};
