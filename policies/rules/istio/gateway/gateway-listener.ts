import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Rule } from "../../../engine/rule";
import { fingerprint, isAnother, listed } from "../../../facts/istio/objects";
import { KeyIndex } from "../../../facts/key-index";

/** Listeners of a Gateway API Gateway differ from one another. */
export const gatewayListener: Rule = {
  id: "IST-GATEWAY-LISTENER",
  severity: "mandatory",
  title: "a Gateway of the Gateway API has no two listeners alike, and an address of its own",
  why: "Of two listeners with one port, protocol and host only one is programmed, and two Gateways with one address fight for it.",
  fix: "Give each listener a host or port, and each Gateway an address, of its own.",
  codes: ["KIA1502", "KIA1503"],
  docs: "https://gateway-api.sigs.k8s.io/reference/spec/#gatewayspec",

  judge: (inventory, check) =>
    check.each(inventory.objects("KubernetesGateway"), (gateway) => {
      const seen = new Map<string, string>();
      for (const listener of gateway.get("spec", "listeners").list()) {
        const place = ["port", "protocol", "hostname"].map((key) => fingerprint(listener.get(key))).join();
        const name = listener.get("name").text() ?? "";
        const twin = seen.get(place);
        if (twin !== undefined)
          check.violation(listener, {
            message: `the listener "${name}" has the port, protocol and host of "${twin}": only one of them works.`,
            fix: "Put them into one, or give it another hostname or port.",
          });
        seen.set(place, twin ?? name);
      }
      const addresses = inventory.once(byAddress);
      for (const address of gateway.get("spec", "addresses").list()) {
        // The name of a Service whose pods are a gateway already: any number of Gateways may share it.
        if (address.get("type").text() === "Hostname") continue;
        const rivals = addresses.get(fingerprint(address)).filter((other) => isAnother(gateway, other));
        if (rivals.length > 0)
          check.violation(address, {
            message: `${listed(rivals.map(({ label }) => label))} ${rivals.length === 1 ? "has" : "have"} the address ${address.get("value").text() ?? ""} too: only one of them gets it.`,
            fix: "Give each an address of its own, or put the listeners into one Gateway.",
          });
      }
      addresses.assertKnown();
    }),
};

function byAddress(inventory: Inventory): KeyIndex<KubernetesObject> {
  return new KeyIndex(inventory.objects("KubernetesGateway"), (gateway) =>
    gateway
      .get("spec", "addresses")
      .list()
      .map((address) => fingerprint(address)),
  );
}
