import type { Draft, Report } from "../check";
import { reservedNamespaces } from "../namespaces/reserved-namespaces";
import { istioLabel } from "./names";
import { longestRelease } from "./release";
import type { GatewaySettings } from "./schema";

type Placed = Pick<GatewaySettings, "key" | "name" | "namespace">;

/** Where a gateway stands: in no namespace of others, under names that are free and short enough. */
export function checkPlace(draft: Draft, gateway: Placed, report: Report, example = "istio-ingress"): void {
  const { key, name, namespace } = gateway;
  if (reservedNamespaces.includes(namespace))
    report(
      "gateways",
      [key, "namespace"],
      "belongs to Kubernetes or Istio's control plane",
      `Use one of its own, e.g. "${example}".`,
    );
  if (name === "istiod" || name === "istio-base")
    report("gateways", [key, "name"], "is the name of another Helm release", `Use another, e.g. "${example}".`);
  checkNameLengths(draft, gateway, report);
}

/** A namespace is a DNS label. */
const longestNamespace = 63;

/** Names that follow from the key. The schema has looked at the others. */
function checkNameLengths({ guessed }: Draft, { key, name, namespace }: Placed, report: Report): void {
  for (const [field, what, value, longest] of [
    ["name", "Helm release", name, longestRelease],
    ["namespace", "namespace", namespace, longestNamespace],
  ] as const) {
    if (value.length <= longest || guessed("gateways", [key, field])) continue;
    report(
      "gateways",
      [key, field],
      `is ${value} if left out, which has ${value.length} characters, and a ${what} has at most ${longest}`,
      `Set it, or shorten the gateway's own name, "${key}".`,
    );
  }
}

/** Istio's Gateways select pods by one label, in every namespace: two gateways with the same one would serve each other's hosts. */
export function checkLabels({ guessed }: Draft, gateways: readonly Placed[], report: Report): void {
  const taken = new Map<string, Placed>();
  for (const gateway of gateways) {
    if (guessed("gateways", [gateway.key, "name"])) continue;
    const label = istioLabel(gateway.name);
    const other = taken.get(label);
    if (other)
      report(
        "gateways",
        [gateway.key, "name"],
        `gives its pods the label istio: ${label}, as those of gateways.${other.key} (${other.name}) have: Istio finds a gateway's pods by it in all namespaces, so each of the two would serve the other's hosts`,
        "Set another name for one of them.",
      );
    else taken.set(label, gateway);
  }
}
