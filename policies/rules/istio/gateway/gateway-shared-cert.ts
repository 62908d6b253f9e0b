import type { Inventory } from "../../../engine/inventory";
import type { Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { listed } from "../../../facts/istio/objects";
import { isOther, serversOf, sharePods, type Server } from "../../../facts/istio/servers";
import { KeyIndex } from "../../../facts/key-index";

/** Hosts with one certificate are in one server. */
export const gatewaySharedCertificate: Rule = {
  id: "IST-GATEWAY-SHARED-CERT",
  severity: "advisory",
  title: "hosts with one certificate are in one server of one Gateway",
  why: "Browsers reuse an HTTP/2 connection for every host of its certificate, and the server that it was opened to answers 404 for the hosts of the other.",
  fix: "Put all hosts of the certificate into one server, or give each a certificate of its own.",
  codes: ["IST0138"],
  docs: "https://istio.io/latest/docs/ops/common-problems/network-issues/#404-errors-occur-when-multiple-gateways-configured-with-same-tls-certificate",

  judge: (inventory, check) =>
    check.each(inventory.objects("Gateway"), (gateway) => {
      const index = inventory.once(byCertificate);
      check.each(serversOf(gateway), (server) => {
        const certificate = certificateOf(server.value);
        if (!certificate) return;
        const others = index
          .get(`${server.port} ${certificate}`)
          .filter((other) => isOther(server, other) && sharePods(gateway, other.gateway, inventory));
        if (others.length > 0)
          check.violation(server.value.get("tls"), {
            message: `${listed(new Set(others.map((other) => (other.gateway === gateway ? "another server of this Gateway" : other.gateway.label))))} has the certificate "${certificate}" on port ${server.port} too: a browser that reuses its HTTP/2 connection gets a 404 for the hosts of the other.`,
            fix: "Put the hosts into one server, and bind both VirtualServices to it.",
          });
      });
      index.assertKnown();
    }),
};

function certificateOf(server: Value): string | undefined {
  const tls = server.get("tls");
  if (!["SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL"].includes(tls.get("mode").text() ?? "")) return undefined;
  return tls.get("credentialName").text() ?? tls.get("serverCertificate").text();
}

function byCertificate(inventory: Inventory): KeyIndex<Server> {
  return KeyIndex.ofParts(inventory.objects("Gateway"), (gateway) =>
    serversOf(gateway).flatMap((server) => {
      const certificate = certificateOf(server.value);
      return certificate ? [[`${server.port} ${certificate}`, server] as const] : [];
    }),
  );
}
