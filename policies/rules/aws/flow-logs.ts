import type { Rule } from "../../engine/rule";
import { dependentsOf } from "../../facts/pulumi/dependencies";

/** A VPC's connections are recorded. */
export const flowLogs: Rule = {
  id: "AWS-FLOW-LOGS",
  severity: "advisory",
  title: "a VPC has flow logs",
  why: "Without them nobody can tell which connection a security group refused, or where an intruder went.",
  fix: "Turn on flow logs for the VPC.",
  codes: ["CKV2_AWS_11"],
  docs: "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html",

  judge: (inventory, check) =>
    check.each(inventory.ofType("aws:ec2/vpc:Vpc"), (vpc) => {
      const places = [vpc, ...dependentsOf(inventory, vpc, "aws:ec2/subnet:Subnet")];
      if (places.some((place) => dependentsOf(inventory, place, "aws:ec2/flowLog:FlowLog").length > 0)) return;
      const range = vpc.get("cidrBlock").text();
      check.violation(vpc, {
        message: `no flow logs record the connections${range ? ` in ${range}` : ""}: nobody can tell which one was refused, or where an intruder went.`,
        fix: "Turn them on (network.flowLogs.enabled).",
      });
    }),
};
