import { closest } from "fastest-levenshtein";
import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import { tellingLabels } from "../../../facts/istio/gateway-chart";
import { withoutPods } from "../../../facts/causes";
import { labelText, namespaceOf } from "../../../facts/istio/objects";
import { KeyIndex } from "../../../facts/key-index";
import { gatewayWorkloads, isWayOut, likelyGateways, saysEgress } from "../../../facts/edge/gateway-pods";
import { proxiesOf } from "../../../facts/istio/servers";
import { assertKnown } from "../../../facts/kubernetes/selection";

/** A Gateway configures pods that exist. */
export const gatewaySelector: Rule = {
  id: "IST-GATEWAY-SELECTOR",
  severity: "mandatory",
  title: "each Gateway selects a gateway's pods",
  why: "A Gateway whose labels no pod carries opens no port anywhere, and every host behind it is down.",
  fix: "Select the labels that the gateway's chart gives its pods: istio, with the release's name without a leading istio-.",
  codes: ["IST0101", "KIA0302"],
  docs: "https://istio.io/latest/docs/reference/config/networking/gateway/#Gateway-selector",

  judge: (inventory, check) =>
    check.each(inventory.objects("Gateway"), (gateway) => {
      judge(gateway, inventory, check);
    }),
};

function judge(gateway: KubernetesObject, inventory: Inventory, check: Check): void {
  const selector = gateway.get("spec", "selector");
  const labels = selector.texts();
  const proxies = proxiesOf(gateway, inventory);
  if (proxies.found.length > 0) return;
  assertKnown(proxies);
  if (inventory.isOutside("Pod", namespaceOf(gateway), "*")) return;
  const sure = gatewayWorkloads(inventory);
  // Without any gateway here, all of them are others'.
  const gateways = sure.length > 0 ? sure : likelyGateways(gateway, inventory);
  if (gateways.length === 0) return;
  // Whoever makes the way out needn't make the way in.
  const isSure = sure.some((one) => isWayOut(one, inventory) === saysEgress(labels));
  const offers = gateways.map((one) => ({ one, text: labelText(tellingLabels(one.labels)) }));
  const near = closest(
    labelText(labels),
    offers.map(({ text }) => text),
  );
  const offer = offers.find(({ text }) => text === near);
  const service = inventory.once(servicesBySelector).get(labelText(labels))[0];
  check.violation(selector, {
    ...withoutPods(namespaceOf(service ?? gateway), labels),
    message: `no pods carry ${labelText(labels)}, so it opens no port: every host behind it is down.`,
    fix: `The pods of ${offer?.one.resource.label ?? "the gateway"} carry ${near}. If others make the ones that are meant, name "Pod ${namespaceOf(gateway)}/*" under outside in the policies' configuration.`,
    ...(!isSure && { severity: "advisory" }),
  });
}

/** A Service that leads to the same pods may be in another namespace than the Gateway. */
function servicesBySelector(inventory: Inventory): KeyIndex<KubernetesObject> {
  return new KeyIndex(inventory.objects("Service"), (service) => [labelText(service.get("spec", "selector").texts())]);
}
