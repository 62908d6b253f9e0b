import type { Rule } from "../../engine/rule";
import { clustersOf } from "../../facts/aws/clusters";

/** The Kubernetes API's public endpoint, if it is on, lets in addresses that somebody listed. */
export const eksPublicEndpoint: Rule = {
  id: "AWS-EKS-PUBLIC-ENDPOINT",
  severity: "mandatory",
  title: "the Kubernetes API isn't open to the whole internet",
  why: "Anybody may try stolen credentials, and the next hole in the API server, on an endpoint that the whole internet reaches.",
  fix: "List the addresses that administrators come from, or turn the public endpoint off.",
  codes: ["CKV_AWS_38", "CIS EKS 5.4.1"],
  docs: "https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html",

  judge: (inventory, check) =>
    check.each(clustersOf(inventory), (cluster) => {
      const vpc = cluster.get("vpcConfig");
      // EKS opens what nobody closed.
      if (vpc.get("endpointPublicAccess").boolean() === false) return;
      const ranges = vpc.get("publicAccessCidrs");
      if (ranges.list().length === 0) {
        check.violation(ranges, {
          message:
            "the public endpoint is on and lists no addresses, which opens the Kubernetes API to the whole internet.",
          fix: "List the addresses that administrators come from in publicAccessCidrs, or set endpointPublicAccess to false.",
        });
        return;
      }
      check.each(ranges.list(), (range) => {
        const cidr = range.text() ?? "";
        if (!cidr.endsWith("/0")) return;
        check.violation(range, {
          message: `${cidr} opens the Kubernetes API to the whole internet: anybody may try stolen credentials on it.`,
          fix: "List the addresses that administrators come from, or set endpointPublicAccess to false.",
        });
      });
    }),
};
