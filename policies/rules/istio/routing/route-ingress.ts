import type { KubernetesObject } from "../../../engine/resource";
import type { Inventory } from "../../../engine/inventory";
import type { Rule } from "../../../engine/rule";
import { namedGateway, gatewayReferences, isInMesh } from "../../../facts/istio/gateways";
import { isAnother, namespaceOf, textsOf } from "../../../facts/istio/objects";
import { fullName } from "../../../facts/istio/registry";
import { eachRoute } from "../../../facts/istio/routes";
import { KeyIndex } from "../../../facts/key-index";

/** A Gateway's routes split a host by subsets themselves where the mesh's routes do. */
export const routeIngress: Rule = {
  id: "IST-ROUTE-INGRESS",
  severity: "advisory",
  title: "a Gateway's routes repeat the split that the mesh has",
  why: "The gateway never looks at the mesh's VirtualService of a host: requests from outside go to all versions alike, canary or not.",
  fix: "Repeat the subsets and weights in the Gateway's VirtualService, or bind one VirtualService to both.",
  codes: ["IST0140"],
  docs: "https://istio.io/latest/docs/reference/config/analysis/ist0140/",

  judge: (inventory, check) =>
    check.each(inventory.objects("VirtualService"), (rule) => {
      if (!isOnGateway(rule)) return;
      const splits = inventory.once(meshSplits);
      eachRoute(rule, check, (route, protocol) => {
        if (protocol !== "http") return;
        check.each(route.get("route").list(), (entry) => {
          const host = entry.get("destination", "host");
          if (entry.get("destination", "subset").exists) return;
          const name = fullName(host.text() ?? "", namespaceOf(rule));
          const [split] = splits.get(name).filter((other) => isAnother(rule, other));
          if (split)
            check.violation(host, {
              message: `leads to ${name} without a subset, while ${split.label} splits it by subsets in the mesh: requests through the gateway ignore that split.`,
              fix: `Repeat the routes of ${split.label} here.`,
            });
          splits.assertKnown();
        });
      });
    }),
};

function isOnGateway(rule: KubernetesObject): boolean {
  return gatewayReferences(rule).some(({ reference }) => namedGateway(reference, "") !== undefined);
}

/** VirtualServices by the hosts of theirs that they send to subsets, in the mesh. */
function meshSplits(inventory: Inventory): KeyIndex<KubernetesObject> {
  return new KeyIndex(inventory.objects("VirtualService"), (rule) => {
    if (!isInMesh(rule)) return [];
    const own = new Set(textsOf(rule.get("spec", "hosts")).map((host) => fullName(host, namespaceOf(rule))));
    return rule
      .get("spec", "http")
      .list()
      .flatMap((route) => route.get("route").list())
      .filter((entry) => entry.get("destination", "subset").exists)
      .map((entry) => fullName(entry.get("destination", "host").text() ?? "", namespaceOf(rule)))
      .filter((host) => own.has(host));
  });
}
