import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Rule } from "../../../engine/rule";
import { overlap } from "../../../facts/istio/gateways";
import { namespaceOf } from "../../../facts/istio/objects";
import { fullName, isVisible } from "../../../facts/istio/registry";
import { KeyIndex } from "../../../facts/key-index";

/** A host's own DestinationRule repeats the TLS of the wildcard that it replaces. */
export const destinationShadow: Rule = {
  id: "IST-DESTINATION-SHADOW",
  severity: "advisory",
  title: "a host's own DestinationRule repeats the TLS settings of the wildcard it replaces",
  why: "The closest DestinationRule counts alone and inherits nothing, so the wildcard's TLS settings end where a host has its own rule.",
  fix: "Repeat the TLS settings in the host's own rule.",
  codes: ["KIA0204"],
  docs: "https://istio.io/latest/docs/ops/configuration/traffic-management/tls-configuration/",

  judge: (inventory, check) =>
    check.each(inventory.objects("DestinationRule"), (rule) => {
      const wide = inventory.once(wildcards);
      const host = hostOf(rule);
      if (host.startsWith("*") || rule.get("spec", "trafficPolicy", "tls").exists) return;
      const replaced = wide
        .get("all")
        .find((other) => overlap(hostOf(other), host) && isVisible(other, namespaceOf(rule)));
      if (replaced)
        check.violation(rule.get("spec", "trafficPolicy"), {
          message: `replaces ${replaced.label} for ${host} without its TLS settings (${modeOf(replaced)}): clients of this host go by the mesh's default.`,
          fix: `Add tls: {mode: ${modeOf(replaced)}} to its trafficPolicy, if that is meant.`,
        });
      wide.assertKnown();
    }),
};

function hostOf(rule: KubernetesObject): string {
  return fullName(rule.get("spec", "host").text() ?? "", namespaceOf(rule));
}

function modeOf(rule: KubernetesObject): string {
  return rule.get("spec", "trafficPolicy", "tls", "mode").text() ?? "DISABLE";
}

/** ISTIO_MUTUAL is what clients do by themselves. */
function wildcards(inventory: Inventory): KeyIndex<KubernetesObject> {
  return new KeyIndex(inventory.objects("DestinationRule"), (rule) =>
    hostOf(rule).startsWith("*") && rule.get("spec", "trafficPolicy", "tls").exists && modeOf(rule) !== "ISTIO_MUTUAL"
      ? ["all"]
      : [],
  );
}
