import type { Inventory } from "../../../engine/inventory";
import type { HelmRelease, Resource } from "../../../engine/resource";
import type { Rule } from "../../../engine/rule";
import { balancers, claimsUnmarked } from "../../../facts/edge/balancer";
import { podsBehind } from "../../../facts/edge/connections";
import { eachRelease } from "../../../facts/kubernetes/charts";

/** The gateway's chart makes no load balancer that nobody asked for. */
export const gatewayService: Rule = {
  id: "IST-GATEWAY-SERVICE",
  severity: "mandatory",
  title: "the gateway has one Service, and its load balancer is the one that is meant",
  why: "The chart makes a Service of type LoadBalancer by default, which on EKS is a load balancer of the old kind or a second one beside yours, with health and both HTTP ports open.",
  fix: "Set service.type to None where the stack has a Service of its own, or name the load balancer's type in service.annotations.",
  codes: [],
  docs: "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/nlb/",

  judge: (inventory, check) =>
    eachRelease(inventory, check, ["gateway"], (release) => {
      const service = release.values.get("service");
      const type = service.get("type");
      if ((type.text() ?? "LoadBalancer") !== "LoadBalancer") return;
      const own = ownService(release, inventory);
      if (own) {
        check.violation(type, {
          message: `the chart makes a load balancer of its own beside ${own.label}: two addresses, two bills, and one of them unguarded.`,
          fix: "Set service.type to None.",
        });
        return;
      }
      const isClaimed = claimsUnmarked(inventory);
      if (isChosen(release) || isClaimed === true) return;
      check.violation(type, {
        message: `its Service doesn't say which load balancer it is for: ${isClaimed === undefined ? "unless the AWS Load Balancer Controller, which isn't here, marks it by its webhook, " : ""}EKS makes one of the old kind, without the features of an NLB.`,
        fix: `Set service.annotations["${typeAnnotation}"] to external, or service.type to None with a Service of your own.`,
        ...(isClaimed === undefined && { severity: "advisory" as const }),
      });
    }),
};

const typeAnnotation = "service.beta.kubernetes.io/aws-load-balancer-type";

function isChosen({ values }: HelmRelease): boolean {
  const service = values.get("service");
  return (
    service.get("loadBalancerClass").exists ||
    service.get("annotations", typeAnnotation).exists ||
    values.get("annotations", typeAnnotation).exists
  );
}

/** Another load balancer for the chart's pods. */
function ownService(release: HelmRelease, inventory: Inventory): Resource | undefined {
  return balancers(inventory).find(
    (balancer) =>
      balancer.resource !== release &&
      // What its chart makes, where that was rendered.
      balancer.resource.data.release !== release.label &&
      balancer.exists &&
      podsBehind(balancer, inventory).some((pods) => pods.resource === release),
  )?.resource;
}
