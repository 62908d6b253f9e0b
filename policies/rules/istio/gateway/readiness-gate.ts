import type { Inventory } from "../../../engine/inventory";
import type { Check, Rule } from "../../../engine/rule";
import { balancers, targetTypeOf, type Balancer } from "../../../facts/edge/balancer";
import { podsBehind } from "../../../facts/edge/connections";
import { waitingFor } from "../../../facts/pulumi/dependencies";

/** A gateway pod counts as ready when the load balancer sends it connections. */
export const readinessGate: Rule = {
  id: "IST-READINESS-GATE",
  severity: { production: "mandatory", otherwise: "advisory" },
  title: "gateway pods wait for the load balancer before they count as ready",
  why: "A rollout that doesn't wait stops old pods before new ones get connections: for minutes, nobody serves.",
  fix: "Label the gateway's namespace elbv2.k8s.aws/pod-readiness-gate-inject: enabled, and make the Service before the pods.",
  codes: [],
  docs: "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/",

  judge: (inventory, check) =>
    check.each(balancers(inventory), (balancer) => {
      if (!balancer.isNetwork) return;
      // Node ports have no gates, and Auto Mode has its own.
      if (balancer.spec.get("loadBalancerClass").text() === "eks.amazonaws.com/nlb") return;
      if (targetTypeOf(balancer, inventory) !== "ip") return;
      judgeNamespace(balancer, inventory, check);
      judgeOrder(balancer, inventory, check);
    }),
};

const label = "elbv2.k8s.aws/pod-readiness-gate-inject";

function judgeNamespace(balancer: Balancer, inventory: Inventory, check: Check): void {
  const namespace = inventory.find("Namespace", "default", balancer.namespace);
  // Others' namespaces have others' labels.
  if (!namespace || namespace.labels.get(label).text() === "enabled") return;
  check.violation(balancer.resource, {
    message: `the namespace ${balancer.namespace} lacks the label ${label}: enabled, so pods count as ready before the load balancer sends them anything, and a rollout leaves nobody to serve.`,
    fix: `Label the namespace ${label}: enabled.`,
  });
}

/** A gate comes only into pods that are made after the Service. */
function judgeOrder(balancer: Balancer, inventory: Inventory, check: Check): void {
  const { urn } = balancer.resource.data;
  if (urn === undefined || balancer.isChart) return;
  for (const { resource, release } of podsBehind(balancer, inventory)) {
    if (release === undefined || resource.data.urn === undefined) continue;
    if (waitingFor([urn], inventory).has(resource.data.urn)) continue;
    check.violation(balancer.resource, {
      message: `${resource.label} doesn't wait for it: pods that are made before it never get a readiness gate, and rollouts don't wait for the load balancer.`,
      fix: `Add this Service to the dependsOn of ${resource.label}.`,
    });
  }
}
