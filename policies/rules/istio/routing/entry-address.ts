import type { Inventory } from "../../../engine/inventory";
import type { Rule } from "../../../engine/rule";
import { meshConfig } from "../../../facts/istio/mesh";

/** A ServiceEntry's TCP ports have addresses. */
export const entryAddress: Rule = {
  id: "IST-ENTRY-ADDRESS",
  severity: "advisory",
  title: "a ServiceEntry with a TCP port has addresses",
  why: "By its port alone TCP traffic can't be told from another's: the entry takes every connection to that port, whatever it is for.",
  fix: "Add addresses, or turn on DNS capture, which gives each host one.",
  codes: ["IST0134"],
  docs: "https://istio.io/latest/docs/reference/config/analysis/ist0134/",

  judge: (inventory, check) =>
    check.each(inventory.objects("ServiceEntry"), (entry) => {
      const given = [entry.get("spec", "addresses"), entry.get("status", "addresses")];
      if (given.some((addresses) => addresses.list().length > 0)) return;
      for (const port of entry.get("spec", "ports").list()) {
        const protocol = port.get("protocol").text() || "TCP";
        if (protocol.toUpperCase() !== "TCP" || capturesDns(inventory)) continue;
        check.violation(port, {
          message: `port ${port.get("number").number() ?? "?"} is TCP and the entry has no addresses: it takes every connection to that port, whatever host it is for.`,
          fix: "Add addresses, write protocol TLS where it is that, or set ISTIO_META_DNS_CAPTURE in the mesh's proxyMetadata.",
        });
      }
    }),
};

/** With it, istiod gives each host an address of its own. */
function capturesDns(inventory: Inventory): boolean {
  const capture = meshConfig(inventory)?.get("defaultConfig", "proxyMetadata", "ISTIO_META_DNS_CAPTURE");
  return capture?.text() === "true" || capture?.boolean() === true;
}
