import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { findGateway, namedGateway, gatewayReferences, isInMesh } from "../../../facts/istio/gateways";
import { listed, namespaceOf } from "../../../facts/istio/objects";
import { policiesFor } from "../../../facts/istio/policies";
import { proxiesOf } from "../../../facts/istio/servers";
import { assertKnown } from "../../../facts/kubernetes/selection";

/** Routes by a token's claims have a RequestAuthentication that reads it. */
export const routeJwt: Rule = {
  id: "IST-ROUTE-JWT",
  severity: "mandatory",
  title: "routes by a token's claims are on a gateway that reads tokens",
  why: "Without a RequestAuthentication on the gateway no request has claims: the route never matches, or everybody's request does.",
  fix: "Add a RequestAuthentication for the gateway's pods.",
  codes: ["IST0106", "IST0149"],
  docs: "https://istio.io/latest/docs/tasks/security/authentication/jwt-route/",

  judge: (inventory, check) =>
    check.each(inventory.objects("VirtualService"), (rule) => {
      const claim = claimIn(rule);
      if (claim) judge(rule, claim, inventory, check);
    }),
};

function judge(rule: KubernetesObject, claim: Value, inventory: Inventory, check: Check): void {
  const names = gatewayReferences(rule).flatMap(({ reference }) => namedGateway(reference, namespaceOf(rule)) ?? []);
  const key = String(claim.keys.at(-1));
  if (isInMesh(rule)) {
    const isMeshOnly = names.length === 0;
    check.violation(claim, {
      message: `the route goes by the claim ${key}, which only gateways know, and is for the mesh${isMeshOnly ? " alone" : ", too"}: Istio refuses it.`,
      fix: isMeshOnly
        ? "Bind the VirtualService to a Gateway."
        : "Take mesh out of its gateways, and give the mesh a VirtualService of its own.",
    });
    return;
  }
  for (const name of names) {
    const gateway = findGateway(inventory, name);
    const proxies = gateway && proxiesOf(gateway, inventory);
    if (!proxies) continue;
    const blind = proxies.found.filter((one) => policiesFor("RequestAuthentication", one, inventory).length === 0);
    if (blind.length > 0)
      check.violation(claim, {
        message: `the route goes by the claim ${key}, but no RequestAuthentication reads tokens for ${listed(blind.map(({ resource }) => resource.label))}: no request has that claim.`,
        fix: `Add a RequestAuthentication for the pods of ${blind[0]?.resource.label ?? "the gateway"}.`,
      });
    assertKnown(proxies);
  }
}

/** The first condition by a claim. */
function claimIn(rule: KubernetesObject): Value | undefined {
  return rule
    .get("spec", "http")
    .list()
    .flatMap((route) => route.get("match").list())
    .flatMap((match) => [...match.get("headers").entries(), ...match.get("withoutHeaders").entries()])
    .find(([key]) => /^@request\.auth\.claims[.[]/i.test(key))?.[1];
}
