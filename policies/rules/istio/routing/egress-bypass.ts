import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import { wrongValue } from "../../../facts/causes";
import { gatewaysOf, isInMesh } from "../../../facts/istio/gateways";
import { isRootNamespace, meshConfig } from "../../../facts/istio/mesh";
import { listed, namespaceOf } from "../../../facts/istio/objects";
import { destinationOf } from "../../../facts/istio/registry";
import { eachDestination } from "../../../facts/istio/routes";

/** Where calls are led out by a gateway, sidecars let out nothing else. */
export const egressBypass: Rule = {
  id: "IST-EGRESS-BYPASS",
  severity: "advisory",
  title: "where calls leave by an egress gateway, sidecars let out nothing that isn't registered",
  why: "A route takes the calls that fit it to the gateway. With ALLOW_ANY, all others leave from the caller's own pod: by an address, another port, or a name that nobody registered.",
  fix: "Set outboundTrafficPolicy.mode to REGISTRY_ONLY. A pod that goes around its sidecar is held by NetworkPolicies and the network alone.",
  codes: [],
  docs: "https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway/#additional-security-considerations",

  judge: (inventory, check) =>
    check.each(inventory.objects("VirtualService"), (rule) => {
      const hosts = hostsLedOut(rule, inventory, check);
      const mode = hosts.length > 0 ? meshConfig(inventory)?.get("outboundTrafficPolicy", "mode") : undefined;
      if (!mode || mode.text() === "REGISTRY_ONLY" || isHeldElsewhere(inventory)) return;
      check.violation(rule.get("spec", "gateways"), {
        ...wrongValue(mode),
        message: `${listed(hosts)} ${hosts.length === 1 ? "is" : "are"} left to by an egress gateway, and sidecars let out everything else as well: a call by an address, at another port or to a name that isn't registered goes around the gateway.`,
        fix: "Set outboundTrafficPolicy.mode of the mesh to REGISTRY_ONLY (mesh.outboundTrafficPolicy).",
      });
    }),
};

/** Hosts outside of the mesh to which one VirtualService leads sidecars and a gateway. */
function hostsLedOut(rule: KubernetesObject, inventory: Inventory, check: Check): readonly string[] {
  if (!isInMesh(rule) || gatewaysOf(rule, inventory).length === 0) return [];
  const own = rule
    .get("spec", "hosts")
    .list()
    .map((host) => host.text() ?? "");
  const found = new Set<string>();
  eachDestination(rule, check, (destination) => {
    const host = destination.get("host").text() ?? "";
    if (!own.includes(host)) return;
    const target = destinationOf(host, namespaceOf(rule), inventory);
    if (target.kind === "entry" && target.object.get("spec", "location").text() !== "MESH_INTERNAL") found.add(host);
  });
  return [...found];
}

/** A mesh-wide Sidecar may say it, too; and where NetworkPolicies limit what pods connect to, who wrote them has thought of it. */
function isHeldElsewhere(inventory: Inventory): boolean {
  return (
    inventory
      .objects("Sidecar")
      .some(
        (sidecar) =>
          isRootNamespace(namespaceOf(sidecar), inventory) &&
          sidecar.get("spec", "outboundTrafficPolicy", "mode").text() === "REGISTRY_ONLY",
      ) ||
    inventory.objects("NetworkPolicy").some((policy) =>
      policy
        .get("spec", "policyTypes")
        .list()
        .some((type) => type.text() === "Egress"),
    )
  );
}
