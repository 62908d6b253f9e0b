import type { Rule } from "../../engine/rule";
import { clustersOf } from "../../facts/aws/clusters";
import { mayBeIn, nameOf, namespaceOf } from "../../facts/kubernetes/names";

/** EKS access entries alone say who may do what; the ConfigMap of old is gone. */
export const eksAccess: Rule = {
  id: "AWS-EKS-ACCESS",
  severity: "mandatory",
  title: "access to the cluster is granted by access entries alone",
  why: "Whoever may edit the ConfigMap aws-auth can make anybody an administrator, AWS' audit trail doesn't show it, and a slip in it locks everybody out.",
  fix: "Set the authentication mode to API, and write access entries instead of the ConfigMap aws-auth.",
  codes: ["CIS EKS 4.1.7"],
  docs: "https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html",

  judge: (inventory, check) => {
    check.each(clustersOf(inventory), (cluster) => {
      const mode = cluster.get("accessConfig", "authenticationMode");
      // EKS' own default reads the ConfigMap.
      const actual = mode.text() ?? "CONFIG_MAP";
      if (actual === "API") return;
      check.violation(mode, {
        message: `its authentication mode is ${actual}: whoever may edit the ConfigMap aws-auth can make anybody an administrator, and AWS' audit trail doesn't show it.`,
        fix: 'Set authenticationMode to "API"; a cluster can\'t go back from it, so write the access entries first.',
      });
    });
    check.each(mayBeIn("ConfigMap", "kube-system", inventory), (map) => {
      if ((map.knownName ?? "aws-auth") !== "aws-auth") return;
      if (nameOf(map) !== "aws-auth" || namespaceOf(map) !== "kube-system") return;
      check.violation(map, {
        message: "grants access where AWS' audit trail doesn't show it, and a slip in it locks everybody out.",
        fix: "Write EKS access entries instead, and take it out.",
      });
    });
  },
};
