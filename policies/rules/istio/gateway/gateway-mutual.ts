import type { Inventory } from "../../../engine/inventory";
import type { Rule } from "../../../engine/rule";
import { overlap } from "../../../facts/istio/gateways";
import { isOther, serversOf, sharePods, type Server } from "../../../facts/istio/servers";
import { KeyIndex } from "../../../facts/key-index";

/** A host that asks for client certificates is not behind a wildcard that doesn't. */
export const gatewayMutual: Rule = {
  id: "IST-GATEWAY-MUTUAL",
  severity: "mandatory",
  title: "no wildcard without client certificates covers a host that wants them",
  why: "A client opens TLS for any other host of the wildcard and then asks for the protected one over that connection, without a certificate.",
  fix: "Put the host outside the wildcard, on a port of its own, or ask for certificates on both.",
  codes: [],
  docs: "https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings-TLSmode",

  judge: (inventory, check) =>
    check.each(inventory.objects("Gateway"), (gateway) => {
      const wildcards = inventory.once(simpleWildcards);
      check.each(serversOf(gateway), (server) => {
        if (server.value.get("tls", "mode").text() !== "MUTUAL") return;
        for (const { host, by } of coveringOf(server, wildcards))
          if (isOther(server, by) && sharePods(gateway, by.gateway, inventory))
            check.violation(server.value.get("tls", "mode"), {
              message: `host "${host}" wants client certificates, but ${by.gateway === gateway ? "another server of this Gateway" : by.gateway.label} takes ${wildcardIn(by, host)} on port ${server.port} without: a client that connects for another host of it gets in without one.`,
              fix: "Give the host a port of its own, or set mode: MUTUAL on both.",
            });
        wildcards.assertKnown();
      });
    }),
};

function coveringOf(server: Server, wildcards: KeyIndex<Server>) {
  return server.hosts.flatMap((place) => {
    const host = hostIn(place);
    return wildcards.get(String(server.port)).flatMap((by) => (wildcardIn(by, host) ? [{ host, by }] : []));
  });
}

function wildcardIn(server: Server, host: string): string | undefined {
  return server.hosts.map(hostIn).find((own) => own.startsWith("*") && own !== host && overlap(own, host));
}

function hostIn(place: string): string {
  return place.split("/").at(-1) ?? "";
}

function simpleWildcards(inventory: Inventory): KeyIndex<Server> {
  return KeyIndex.ofParts(inventory.objects("Gateway"), (gateway) =>
    serversOf(gateway)
      .filter((server) => server.value.get("tls", "mode").text() === "SIMPLE")
      .filter(({ hosts }) => hosts.some((place) => hostIn(place).startsWith("*")))
      .map((server) => [String(server.port), server] as const),
  );
}
