import { isJudgedByValues } from "../../facts/kubernetes/charts";
import type { Rule } from "../../engine/rule";
import { podTemplates } from "../../facts/kubernetes/pods";
import { fewestPods } from "../../facts/kubernetes/scale";
import { budgetsOf, servicesOf } from "../../facts/kubernetes/selectors";

/** Pods that serve and could be spared one by one have a budget that says so. */
export const disruptionBudget: Rule = {
  id: "K8S-DISRUPTION-BUDGET",
  severity: { production: "mandatory", otherwise: "advisory" },
  title: "what runs several pods for a Service has a disruption budget",
  why: "An upgrade of the nodes may take away all pods of an application at once if nothing tells it how many must stay.",
  fix: "Add a PodDisruptionBudget with maxUnavailable: 1.",
  codes: [],
  docs: "https://kubernetes.io/docs/tasks/run-application/configure-pdb/",

  judge: (inventory, check) =>
    check.each(podTemplates(inventory, "Deployment"), (pods) => {
      const deployment = pods.resource;
      if (isJudgedByValues(deployment, inventory)) return;
      if (servicesOf(pods, inventory).length === 0 || fewestPods(deployment, inventory).count < 2) return;
      if (budgetsOf(pods, inventory).length > 0) return;
      check.violation(deployment, {
        message: "has no disruption budget: an upgrade of the nodes may take away all its pods at once.",
        fix: "Add a PodDisruptionBudget with maxUnavailable: 1 for its labels.",
      });
    }),
};
