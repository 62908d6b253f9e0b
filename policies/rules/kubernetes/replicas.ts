import { isJudgedByValues } from "../../facts/kubernetes/charts";
import type { Rule } from "../../engine/rule";
import { podTemplates } from "../../facts/kubernetes/pods";
import { fewestPods } from "../../facts/kubernetes/scale";
import { servicesOf } from "../../facts/kubernetes/selectors";

/** What serves users has two pods at least. Elsewhere one is enough: it costs half. */
export const replicas: Rule = {
  id: "K8S-REPLICAS",
  severity: { production: "mandatory", otherwise: "off" },
  title: "what serves users has two pods at least",
  why: "A single pod is away whenever its node is drained, replaced or lost.",
  fix: "Set replicas, or the autoscaler's minReplicas, to 2 or more.",
  codes: [],
  docs: "https://kubernetes.io/docs/concepts/workloads/pods/disruptions/",

  judge: (inventory, check) =>
    check.each(podTemplates(inventory, "Deployment"), (pods) => {
      const deployment = pods.resource;
      if (isJudgedByValues(deployment, inventory)) return;
      if (servicesOf(pods, inventory).length === 0) return;
      const { count, at } = fewestPods(deployment, inventory);
      // None is somebody's decision.
      if (count !== 1) return;
      const name = at.keys.at(-1) === "minReplicas" ? "its autoscaler's minReplicas" : "spec.replicas";
      check.violation(deployment.get("spec", "replicas"), {
        message: "may run a single pod: its Service answers nothing while that pod's node is drained or lost.",
        fix: `Set ${name} to 2 or more.`,
      });
    }),
};
