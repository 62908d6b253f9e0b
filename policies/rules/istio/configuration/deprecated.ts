import type { KubernetesObject } from "../../../engine/resource";
import type { Rule } from "../../../engine/rule";
import { wrongValue } from "../../../facts/causes";
import type { Value } from "../../../engine/value";

/** Nothing that Istio is about to drop. */
export const deprecated: Rule = {
  id: "IST-DEPRECATED",
  severity: "advisory",
  title: "no fields and values that Istio has deprecated",
  why: "They do nothing already, or stop to with an upgrade that nobody connects with them.",
  fix: "Use what took their place.",
  codes: ["IST0002"],
  docs: "https://istio.io/latest/docs/reference/config/analysis/ist0002/",

  judge: (inventory, check) => {
    const report = (at: Value, fix: string) => {
      if (at.exists)
        check.violation(at, {
          ...wrongValue(at),
          follows: true,
          message: `${String(at.keys.at(-1))} is deprecated: Istio ignores it, or an upgrade will drop it.`,
          fix,
        });
    };
    check.each(inventory.objects("VirtualService"), (rule) => {
      check.each(rule.get("spec", "http").list(), (route) => {
        report(route.get("fault", "delay", "percent"), "Use percentage: {value: …}.");
        report(route.get("fault", "abort", "percent"), "Use percentage: {value: …}.");
        report(route.get("mirrorPercent"), "Use mirrorPercentage: {value: …}.");
      });
    });
    check.each(inventory.objects("Sidecar"), (sidecar) => {
      report(sidecar.get("spec", "outboundTrafficPolicy", "egressProxy"), "Route through an egress gateway.");
    });
    check.each(inventory.objects("DestinationRule"), (rule) => {
      for (const policy of policiesOf(rule)) {
        const simple = policy.get("loadBalancer", "simple");
        if (simple.text() === "LEAST_CONN")
          check.violation(simple, {
            message: "LEAST_CONN is deprecated: LEAST_REQUEST took its place.",
            fix: "Write LEAST_REQUEST.",
          });
        report(
          policy.get("outlierDetection", "consecutiveErrors"),
          "Use consecutive5xxErrors or consecutiveGatewayErrors.",
        );
        report(policy.get("loadBalancer", "consistentHash", "minimumRingSize"), "Use ringHash: {minimumRingSize: …}.");
      }
    });
    check.each(inventory.objects("Gateway"), (gateway) => {
      for (const server of gateway.get("spec", "servers").list())
        report(server.get("port", "targetPort"), "Set it on the gateway's Service.");
    });
  },
};

/** A DestinationRule's traffic policies: its own, its ports', its subsets'. */
function policiesOf(rule: KubernetesObject): Value[] {
  const own = [
    rule.get("spec", "trafficPolicy"),
    ...rule
      .get("spec", "subsets")
      .list()
      .map((subset) => subset.get("trafficPolicy")),
  ];
  return own.flatMap((policy) => [policy, ...policy.get("portLevelSettings").list()]);
}
