import type { Inventory } from "../../../engine/inventory";
import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { missingPort } from "../../../facts/causes";
import { listed, namespaceOf } from "../../../facts/istio/objects";
import { destinationOf, portNumber, portsOf, serviceEntries } from "../../../facts/istio/registry";

/** A DestinationRule's settings for a port are for one that the host has. */
export const destinationPort: Rule = {
  id: "IST-DESTINATION-PORT",
  severity: "mandatory",
  title: "a DestinationRule's settings for ports are for ports that the Service has",
  why: "Settings go by the Service's ports: those for any other, such as the container's, are passed over, and with them their TLS and limits.",
  fix: "Write the Service's port.",
  codes: [],
  docs: "https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy-PortTrafficPolicy",

  judge: (inventory, check) =>
    check.each(inventory.objects("DestinationRule"), (rule) => {
      const subsets = rule.get("spec", "subsets").list();
      const policies = [rule.get("spec"), ...subsets].map((one) => one.get("trafficPolicy"));
      check.each(policies, (policy) => {
        check.each(policy.get("portLevelSettings").list(), (settings) => {
          const host = rule.get("spec", "host").text() ?? "";
          judge(settings.get("port", "number"), host, namespaceOf(rule), inventory, check);
        });
      });
    }),
};

function judge(at: Value, host: string, from: string, inventory: Inventory, check: Check): void {
  const port = at.number();
  const found = destinationOf(host, from, inventory);
  if (port === undefined || (found.kind !== "service" && found.kind !== "entry")) return;
  const ports = portsOf(found);
  const numbers = [...new Set(ports.map(portNumber))];
  if (numbers.length === 0 || numbers.includes(port)) return;
  // One more ServiceEntry may bring the port along.
  if (found.kind === "entry") inventory.once(serviceEntries).assertKnown();
  const meant = ports.find((one) => one.get("targetPort").number() === port);
  const owners = found.kind === "entry" ? found.all : [found.object];
  check.violation(at, {
    ...missingPort(
      owners.map(({ label }) => label),
      port,
    ),
    message: `${listed(owners.map(({ label }) => label))} ${owners.length === 1 ? "has" : "have"} no port ${port}, only ${listed(numbers.map(String))}: these settings do nothing.`,
    fix: `Write ${(meant && portNumber(meant)) ?? numbers[0] ?? 0}${meant ? ", the Service's port instead of the container's" : ""}.`,
  });
}
