import type { Inventory } from "../../engine/inventory";
import type { Rule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { clustersOf } from "../../facts/aws/clusters";

/** Logs end some day. */
export const logRetention: Rule = {
  id: "AWS-LOG-RETENTION",
  severity: "advisory",
  title: "logs in CloudWatch are kept for a set time",
  why: "CloudWatch keeps what nobody limits for ever, and its bill grows every month.",
  fix: "Set how many days each log group is kept, and make the control plane's log group before EKS does.",
  codes: ["CKV_AWS_66"],
  docs: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",

  judge: (inventory, check) => {
    check.each(inventory.ofType(type), (group) => {
      const days = group.get("retentionInDays");
      // CloudWatch itself limits what only passes through.
      if ((days.number() ?? 0) > 0 || group.get("logGroupClass").text() === "DELIVERY") return;
      check.violation(days, {
        message: "keeps its logs for ever: the bill grows every month.",
        fix: "Set retentionInDays.",
      });
    });
    check.each(clustersOf(inventory), (cluster) => {
      const name = cluster.get("name").text();
      if (!name || cluster.get("enabledClusterLogTypes").list().length === 0) return;
      const wanted = `/aws/eks/${name}/cluster`;
      const names = inventory.once(logGroupNames);
      if (names.known.has(wanted)) return;
      // One of these may be it: reading it says that it is unknown.
      for (const value of names.unknown) value.text();
      check.violation(cluster.get("enabledClusterLogTypes"), {
        message: `no log group ${wanted} is made before the cluster, so EKS makes it and keeps its logs for ever.`,
        fix: "Make an aws.cloudwatch.LogGroup of that name with retentionInDays, and let the cluster wait for it.",
      });
    });
  },
};

const type = "aws:cloudwatch/logGroup:LogGroup";

interface Names {
  readonly known: ReadonlySet<string>;
  readonly unknown: readonly Value[];
}

function logGroupNames(inventory: Inventory): Names {
  const names = inventory.ofType(type).map((group) => group.get("name"));
  return {
    known: new Set(names.flatMap((name) => (name.isUnknown ? [] : (name.text() ?? [])))),
    unknown: names.filter((name) => name.isUnknown),
  };
}
