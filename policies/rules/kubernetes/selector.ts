import type { Kind } from "../../engine/inventory";
import type { Rule } from "../../engine/rule";
import { withoutPods } from "../../facts/causes";
import { podTemplates } from "../../facts/kubernetes/pods";

/** A workload's selector is met by the pods that it makes. */
export const selector: Rule = {
  id: "K8S-SELECTOR",
  severity: "mandatory",
  title: "workloads select the pods that they make",
  why: "The API server refuses a workload whose own pods don't carry the labels that it looks for.",
  fix: "Give the template's labels what spec.selector.matchLabels asks for.",
  codes: [],
  docs: "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector",

  judge: (inventory, check) =>
    check.each(
      kinds.flatMap((kind) => podTemplates(inventory, kind)),
      (pods) => {
        const wanted = pods.resource.get("spec", "selector", "matchLabels");
        const labels = wanted.texts();
        if (pods.carries(labels)) return;
        const own = pods.template.get("metadata", "labels");
        const missing = Object.entries(labels).filter(([key, value]) => own.get(key).text() !== value);
        check.violation(own, {
          ...withoutPods(pods.namespace ?? "", labels),
          message: `its pods don't carry ${missing.map(([key, value]) => `${key}: ${value}`).join(" and ")}, which it selects them by: the API server refuses it.`,
          fix: "Put the same labels into spec.selector.matchLabels and spec.template.metadata.labels.",
        });
      },
    ),
};

const kinds: readonly Kind[] = ["DaemonSet", "Deployment", "StatefulSet"];
