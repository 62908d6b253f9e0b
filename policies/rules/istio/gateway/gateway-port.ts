import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import { wrongValue } from "../../../facts/causes";
import { listed } from "../../../facts/istio/objects";
import { entrancesOf, nodePortsOf, proxiesOf } from "../../../facts/istio/servers";
import { assertKnown } from "../../../facts/kubernetes/selection";

/** A Service leads to each port that a Gateway opens. */
export const gatewayPort: Rule = {
  id: "IST-GATEWAY-PORT",
  severity: "mandatory",
  title: "a Service leads to each port of a Gateway",
  why: "The gateway listens on a port that nothing forwards to, and clients get no connection.",
  fix: "Use a port of the gateway's Service, or add one to it.",
  codes: ["IST0162"],
  docs: "https://istio.io/latest/docs/reference/config/analysis/ist0162/",

  judge: (inventory, check) =>
    check.each(inventory.objects("Gateway"), (gateway) => {
      judge(gateway, inventory, check);
    }),
};

function judge(gateway: KubernetesObject, inventory: Inventory, check: Check): void {
  const proxies = proxiesOf(gateway, inventory);
  if (proxies.found.length === 0) assertKnown(proxies);
  const entrances = proxies.found.flatMap((proxy) => entrancesOf(proxy, inventory));
  if (entrances.length === 0) return;
  const onNodes = proxies.found.map(nodePortsOf);
  if (onNodes.includes(undefined)) return;
  const open = new Set([...entrances.flatMap(({ ports }) => ports), ...onNodes.flatMap((ports) => ports ?? [])]);
  check.each(gateway.get("spec", "servers").list(), (server) => {
    const port = server.get("port", "number");
    const number = port.number();
    if (number === undefined || open.has(number)) return;
    assertKnown(proxies);
    const [first] = entrances;
    check.violation(port, {
      ...wrongValue(port),
      follows: true,
      message: `port ${number} is none that ${listed(new Set(entrances.map(({ label }) => label)))} ${entrances.length === 1 ? "leads" : "lead"} to (${listed([...open].map(String))}): nobody can connect to it.`,
      fix: `Use one of those, or add a port ${number} to ${first?.label ?? "the Service"}.`,
    });
  });
}
