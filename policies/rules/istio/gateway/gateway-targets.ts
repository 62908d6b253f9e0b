import type { HelmRelease } from "../../../engine/resource";
import type { Rule } from "../../../engine/rule";
import { balancers } from "../../../facts/edge/balancer";
import { gatewayReleases, releaseLabels, releaseNamespace } from "../../../facts/istio/gateway-chart";
import { podsBehind } from "../../../facts/edge/connections";

/** The gateway's Service selects the gateway's pods. */
export const gatewayTargets: Rule = {
  id: "IST-GATEWAY-TARGETS",
  severity: "mandatory",
  title: "the gateway's Service selects the pods that the gateway chart makes",
  why: "A load balancer without targets accepts connections and drops them, and a gateway that waits for it never starts.",
  fix: "Select the chart's labels: app is the release's name, istio the same without istio- in front.",
  codes: [],
  docs: "https://istio.io/latest/docs/setup/additional-setup/gateway/",

  judge: (inventory, check) =>
    check.each(balancers(inventory), (balancer) => {
      if (balancer.isChart || !balancer.exists) return;
      // Of the Gateway API's Gateway, Istio makes the pods as well.
      if (balancer.resource.origin !== balancer.resource) return;
      const selector = balancer.spec.get("selector");
      // Without one, somebody else fills in the endpoints.
      if (Object.keys(selector.texts()).length === 0) return;
      const { namespace } = balancer;
      const releases = gatewayReleases(inventory).filter((release) => releaseNamespace(release) === namespace);
      const gateways = releases.filter(({ chart }) => chart === "gateway");
      // Of several gateways in a namespace it most likely means the one it is called after.
      const called = gateways.length > 1 ? balancer.resource.get("metadata", "name").text() : undefined;
      const own = gateways.find(({ name }) => name === called) ?? gateways[0];
      if (!own || podsBehind(balancer, inventory).length > 0) return;
      const selected = Object.entries(selector.texts()).map(([key, value]) => `${key}: ${value}`);
      check.violation(selector, {
        message: `selects ${selected.join(", ")}, which no pods here have (those of ${own.label} have ${namedLabels(own)}): the load balancer has no targets.`,
        fix: `Select {${namedLabels(own)}}.`,
      });
    }),
};

/** Labels that people select, of a chart's pods. */
function namedLabels(release: HelmRelease): string {
  const { app = "", istio = "" } = releaseLabels(release);
  return `app: ${app}, istio: ${istio}`;
}
