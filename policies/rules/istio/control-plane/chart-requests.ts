import type { Rule } from "../../../engine/rule";
import { eachRelease } from "../../../facts/kubernetes/charts";

/** What the whole cluster hangs on has requests. */
export const chartRequests: Rule = {
  id: "IST-CHART-REQUESTS",
  severity: { production: "mandatory", otherwise: "advisory" },
  title: "istiod, the gateway and the load balancer controller request CPU and memory",
  why: "What every other pod depends on is the first to be evicted from a full node if it requests nothing.",
  fix: "Set resources.requests with cpu and memory.",
  codes: ["CKV_K8S_10", "CKV_K8S_12"],
  docs: "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",

  judge: (inventory, check) =>
    eachRelease(inventory, check, ["istiod", "gateway", "aws-load-balancer-controller"], (release, chart) => {
      const resources = release.values.get("resources");
      // Istio's charts have requests of their own, which a value goes over only where it says null.
      const hasOwn = chart !== "aws-load-balancer-controller";
      const absent = ["cpu", "memory"].filter((key) => {
        if (resources.get("limits", key).exists) return false;
        const isSet = resources.get("requests", key).exists;
        return hasOwn ? isNull(release.data.properties, key) : !isSet;
      });
      if (absent.length === 0) return;
      check.violation(resources, {
        message: `requests no ${absent.join(" and no ")}: it is the first to go from a node that is full.`,
        fix: `Set ${absent.map((key) => `values.resources.requests.${key}`).join(" and ")}.`,
      });
    }),
};

/** Whether a request, or what it stands in, is written as null: to Helm that takes the chart's own away. */
function isNull(properties: unknown, key: string): boolean {
  let value = properties;
  for (const step of ["values", "resources", "requests", key]) {
    if (value === null) return true;
    if (typeof value !== "object") return false;
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  return value === null;
}
