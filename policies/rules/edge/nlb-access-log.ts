import type { Rule } from "../../engine/rule";
import { balancers } from "../../facts/edge/balancer";

/** Off by default: the log is of TLS connections only, needs a bucket, and Istio's own log says more about requests. */
export const nlbAccessLog: Rule = {
  id: "AWS-NLB-ACCESS-LOG",
  severity: "off",
  title: "the load balancer logs connections",
  why: "Handshakes that fail at the load balancer never reach the mesh, and show in no other log.",
  fix: "Set access_logs.s3.enabled=true and a bucket in aws-load-balancer-attributes.",
  codes: ["CKV_AWS_91"],
  docs: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html",

  judge: (inventory, check) =>
    check.each(balancers(inventory), (balancer) => {
      if (!balancer.isNetwork || balancer.map("attributes").get("access_logs.s3.enabled") === "true") return;
      if (balancer.annotation("access-log-enabled").text() === "true") return;
      check.violation(balancer.annotation("attributes"), {
        message: "logs no connections: a handshake that fails here shows nowhere else.",
        fix: "Add access_logs.s3.enabled=true and access_logs.s3.bucket=BUCKET to aws-load-balancer-attributes.",
      });
    }),
};
