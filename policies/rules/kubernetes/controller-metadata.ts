import type { Inventory } from "../../engine/inventory";
import type { Rule } from "../../engine/rule";
import { eachRelease } from "../../facts/kubernetes/charts";

/** The load balancer controller has its region and VPC as values, where its pods can't ask the node. */
export const controllerMetadata: Rule = {
  id: "K8S-CONTROLLER-METADATA",
  severity: "mandatory",
  title: "the load balancer controller has its region and VPC as values where pods can't ask the node",
  why: "With a hop limit of 1 the metadata service doesn't answer pods: the controller never starts, and no load balancer comes.",
  fix: "Set the chart's values region and vpcId.",
  codes: [],
  docs: "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/",

  judge: (inventory, check) =>
    eachRelease(inventory, check, ["aws-load-balancer-controller"], ({ values }) => {
      // What is unknown is at least there.
      const given = values.entries().flatMap(([key, value]) => (value.isUnknown || value.exists ? [key] : []));
      const absent = ["region", "vpcId"].filter((key) => !given.includes(key));
      if (absent.length === 0 || values.get("hostNetwork").boolean() === true || !isHidden(inventory)) return;
      check.violation(values, {
        message: `has no ${absent.join(" and no ")}, and the nodes' metadata service answers no pods (hop limit 1): the controller never starts.`,
        fix: `Set ${absent.map((key) => `values.${key}`).join(" and ")}.`,
      });
    }),
};

/** Whether nodes keep their metadata service from pods. */
function isHidden(inventory: Inventory): boolean {
  return inventory
    .ofType("aws:ec2/launchTemplate:LaunchTemplate")
    .some((template) => template.get("metadataOptions", "httpPutResponseHopLimit").number() === 1);
}
