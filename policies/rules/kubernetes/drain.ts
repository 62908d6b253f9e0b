import type { Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Rule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { namespaceOf } from "../../facts/kubernetes/names";
import { fewestPods } from "../../facts/kubernetes/scale";
import { selectedPods } from "../../facts/kubernetes/pods";

/** A disruption budget lets one pod go at least, or no node is ever drained. */
export const drain: Rule = {
  id: "K8S-DRAIN",
  severity: "mandatory",
  title: "disruption budgets let nodes be drained",
  why: "A budget that spares no pod stops every upgrade of the node group, until it gives up or kills by force.",
  fix: "Use maxUnavailable: 1, or keep minAvailable below the fewest pods there are.",
  codes: [],
  docs: "https://kubernetes.io/docs/tasks/run-application/configure-pdb/",

  judge: (inventory, check) =>
    check.each(inventory.objects("PodDisruptionBudget"), (budget) => {
      const most = budget.get("spec", "maxUnavailable");
      const least = budget.get("spec", "minAvailable");
      if (["0", "0%"].includes(textOf(most)))
        check.violation(most, {
          message: `maxUnavailable is ${textOf(most)}: no pod may ever be moved, so no node below them can be drained.`,
          fix: "Set it to 1.",
        });
      else if (textOf(least) === "100%")
        check.violation(least, {
          message: "minAvailable is 100%: no pod may ever be moved, so no node below them can be drained.",
          fix: "Write maxUnavailable: 1 instead.",
        });
      else if (least.number() !== undefined) {
        const fewest = fewestSelected(budget, inventory);
        if (fewest === undefined || (least.number() ?? 0) < fewest) return;
        check.violation(least, {
          message: `minAvailable is ${least.number() ?? 0}, and there may be ${fewest} ${fewest === 1 ? "pod" : "pods"}: none of them may be moved then, so no node below them can be drained.`,
          fix: "Write maxUnavailable: 1 instead, or run more pods.",
        });
      }
    }),
};

/** How few pods the budget may have to spare one of; undefined if its pods aren't here, or others make them, too. */
function fewestSelected(budget: KubernetesObject, inventory: Inventory): number | undefined {
  const selector = budget.get("spec", "selector");
  if (selector.get("matchExpressions").exists) return undefined;
  const pods = selectedPods(inventory, namespaceOf(budget), selector.get("matchLabels").texts());
  if (pods.length === 0 || pods.some(({ resource }) => !scaled.has(resource.kind))) return undefined;
  return pods.reduce((sum, { resource }) => sum + fewestPods(resource, inventory).count, 0);
}

const scaled = new Set(["Deployment", "ReplicaSet", "Rollout", "StatefulSet"]);

function textOf(value: Value): string {
  return value.text() ?? String(value.number() ?? "");
}
