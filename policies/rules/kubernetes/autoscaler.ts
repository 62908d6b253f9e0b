import type { Inventory, Kind } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Check, Rule } from "../../engine/rule";
import { namespaceOf } from "../../facts/kubernetes/names";
import { nearestOf } from "../../schemas/mistakes";

/** An autoscaler has something to scale, room to scale it, and nobody who undoes its work. */
export const autoscaler: Rule = {
  id: "K8S-AUTOSCALER",
  severity: "mandatory",
  title: "autoscalers have a target, and room to scale it",
  why: "An autoscaler without a target, or one whose work every deployment undoes, leaves an application at its smallest under its highest load.",
  fix: "Name the workload in scaleTargetRef, and leave replicas to the autoscaler.",
  codes: [],
  docs: "https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/",

  judge: (inventory, check) =>
    check.each(inventory.objects("HorizontalPodAutoscaler"), (scaler) => {
      check.each([scaler], () => judgeRange(scaler, check));
      check.each([scaler], () => judgeTarget(scaler, inventory, check));
    }),
};

function judgeRange(scaler: KubernetesObject, check: Check): void {
  const least = scaler.get("spec", "minReplicas").number() ?? 1;
  const most = scaler.get("spec", "maxReplicas");
  const number = most.number();
  if (number === undefined || number > least) return;
  check.violation(most, {
    message:
      number < least
        ? `maxReplicas is ${number}, below minReplicas, ${least}: the API server refuses it.`
        : `minReplicas and maxReplicas are both ${number}: it never scales anything.`,
    fix: "Set maxReplicas to what the highest load takes.",
    ...(number === least && { severity: "advisory" }),
  });
}

function judgeTarget(scaler: KubernetesObject, inventory: Inventory, check: Check): void {
  const reference = scaler.get("spec", "scaleTargetRef");
  const kind = reference.get("kind").text() as Kind;
  const name = reference.get("name").text() ?? "";
  if (!scaled.has(kind)) return;
  const namespace = namespaceOf(scaler);
  if (inventory.missing(kind, namespace, name)) {
    const near = nearestOf(
      name,
      inventory.inNamespace(kind, namespace).map((one) => one.name),
    );
    check.violation(reference.get("name"), {
      message: `there is no ${kind} ${name} in the namespace ${namespace}: nothing is scaled.`,
      fix: `${near === undefined ? "" : `Did you mean ${near}? `}If somebody else deploys it, name "${kind} ${namespace}/${name}" under outside in the policies' configuration.`,
    });
    return;
  }
  const replicas = inventory.find(kind, namespace, name)?.get("spec", "replicas");
  if (!replicas?.exists) return;
  check.violation(scaler, {
    message: `${kind} ${name} sets replicas itself: each deployment takes it back there, whatever the load.`,
    fix: `Leave spec.replicas out of ${kind} ${name}.`,
    severity: "advisory",
  });
}

const scaled: ReadonlySet<string> = new Set<Kind>(["Deployment", "ReplicaSet", "Rollout", "StatefulSet"]);
