import { serviceOf } from "../../../facts/istio/hosts";
import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Rule, Violation } from "../../../engine/rule";
import { rootNamespace } from "../../../facts/istio/mesh";
import { listed, namespaceOf } from "../../../facts/istio/objects";
import { destinationOf, exportedTo, isVisible } from "../../../facts/istio/registry";

/** A Sidecar imports hosts that exist. */
export const sidecarEgress: Rule = {
  id: "IST-SIDECAR-EGRESS",
  severity: "advisory",
  title: "a Sidecar imports hosts that exist where it says, and are exported to it",
  why: "What a Sidecar doesn't import, its workloads don't know: calls go out as to a stranger, without mutual TLS and routes, or not at all.",
  fix: "Write namespace/full name of the Service.",
  codes: ["KIA1004"],
  docs: "https://istio.io/latest/docs/reference/config/networking/sidecar/#IstioEgressListener-hosts",

  judge: (inventory, check) =>
    check.each(inventory.objects("Sidecar"), (sidecar) => {
      for (const egress of sidecar.get("spec", "egress").list())
        check.each(egress.get("hosts").list(), (host) => {
          const wrong = wrongIn(host.text() ?? "", sidecar, inventory);
          if (wrong) check.violation(host, wrong);
        });
    }),
};

function wrongIn(text: string, sidecar: KubernetesObject, inventory: Inventory): Violation | undefined {
  const [where = "", host] = text.split("/");
  // A short name is refused: IST-REFUSED says so.
  if (!host?.includes(".") || host.startsWith("*") || where.startsWith("~")) return undefined;
  const namespace = where === "." ? namespaceOf(sidecar) : where;
  const service = serviceOf(host, "");
  if (service && namespace !== "*" && service.namespace !== namespace)
    return {
      message: `"${text}" imports nothing: that Service is in the namespace ${service.namespace}, not in ${namespace}.`,
      fix: `Write "${service.namespace}/${host}".`,
    };
  const found = destinationOf(host, namespace, inventory);
  if (found.kind === "service" || found.kind === "entry")
    return hiddenIn(text, found.kind === "entry" ? found.all : [found.object], sidecar, inventory);
  if (found.kind !== "missing") return undefined;
  return {
    message: `"${text}" imports nothing: no Service ${found.service.name} exists in the namespace ${found.service.namespace}.`,
    fix: `Take it out. If somebody else deploys it, name "Service ${found.service.namespace}/${found.service.name}" under outside in the policies' configuration.`,
  };
}

/** The mesh's own Sidecar is for all namespaces: whoever sees the host can import it. */
function hiddenIn(
  text: string,
  all: readonly KubernetesObject[],
  sidecar: KubernetesObject,
  inventory: Inventory,
): Violation | undefined {
  const from = namespaceOf(sidecar);
  const [first] = all;
  if (!first || from === rootNamespace(inventory) || all.some((one) => isVisible(one, from))) return undefined;
  const scope = exportedTo(first);
  const where = scope.has("~") ? "nowhere" : `to ${listed(scope)} only`;
  return {
    message: `"${text}" imports nothing: ${first.label} is exported ${where}.`,
    fix: `Take it out, or add "${from}" to ${first.kind === "Service" ? "the annotation networking.istio.io/exportTo" : "exportTo"} of ${first.label}.`,
  };
}
