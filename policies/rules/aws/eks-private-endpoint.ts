import type { Rule } from "../../engine/rule";
import { clustersOf } from "../../facts/aws/clusters";

/** Nodes reach the Kubernetes API without leaving the VPC. */
export const eksPrivateEndpoint: Rule = {
  id: "AWS-EKS-PRIVATE-ENDPOINT",
  severity: "mandatory",
  title: "the Kubernetes API has a private endpoint",
  why: "Without it nodes reach the control plane over the internet, and stop being ready when their NAT address isn't among the public ranges or the NAT gateway fails.",
  fix: "Turn the private endpoint on.",
  codes: ["CIS EKS 5.4.2"],
  docs: "https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html",

  judge: (inventory, check) =>
    check.each(clustersOf(inventory), (cluster) => {
      const enabled = cluster.get("vpcConfig", "endpointPrivateAccess");
      if (enabled.boolean() === true) return;
      check.violation(enabled, {
        message:
          "has no private endpoint: nodes reach the control plane over the internet, through NAT and the public ranges, and stop being ready when either fails.",
        fix: "Set endpointPrivateAccess to true.",
      });
    }),
};
