import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { namespaceOf } from "../../../facts/istio/objects";
import { serversOf, type Server } from "../../../facts/istio/servers";
import { KeyIndex } from "../../../facts/key-index";

/** A certificate that is proved over plain http is asked for where that isn't redirected. */
export const httpChallenge: Rule = {
  id: "IST-HTTP-CHALLENGE",
  severity: "advisory",
  title: "what proves a certificate's host over http isn't redirected to https",
  why: "The certificate's issuer follows the redirect to a port that has no certificate yet and no route to the solver: the first certificate is never issued.",
  fix: "Prove the host with dns01, or redirect all paths but /.well-known/acme-challenge/ in a VirtualService.",
  codes: [],
  docs: "https://cert-manager.io/docs/configuration/acme/http01/",

  judge: (inventory, check) =>
    check.each(inventory.objects("Certificate"), (certificate) => {
      const issuer = issuerOf(certificate, inventory);
      if (!issuer || !isProvedByIngress(issuer)) return;
      check.each(certificate.get("spec", "dnsNames").list(), (name) => judge(name, issuer, inventory, check));
    }),
};

function issuerOf(certificate: KubernetesObject, inventory: Inventory): KubernetesObject | undefined {
  const reference = certificate.get("spec", "issuerRef");
  const name = reference.get("name").text() ?? "";
  const kind = reference.get("kind").text() ?? "Issuer";
  if (kind === "ClusterIssuer") return inventory.find("ClusterIssuer", "default", name);
  return kind === "Issuer" ? inventory.find("Issuer", namespaceOf(certificate), name) : undefined;
}

/** Whether an issuer knows no other way than an Ingress of its own. */
function isProvedByIngress(issuer: KubernetesObject): boolean {
  const solvers = issuer.get("spec", "acme", "solvers").list();
  return solvers.length > 0 && solvers.every((solver) => solver.get("http01", "ingress").exists);
}

function judge(name: Value, issuer: KubernetesObject, inventory: Inventory, check: Check): void {
  const host = (name.text() ?? "").toLowerCase();
  // Nobody proves a wildcard over http.
  if (host.startsWith("*")) return;
  const redirecting = inventory.once(redirectingServers);
  const parents = host.split(".").map((_, index, labels) => ["*", ...labels.slice(index + 1)].join("."));
  const [server] = [host, ...parents].flatMap((one) => redirecting.get(one));
  if (!server) {
    redirecting.assertKnown();
    return;
  }
  check.violation(name, {
    message: `"${host}" is proved over plain http (http01 of ${issuer.label}), and ${server.gateway.label} redirects that to https on port ${server.port}: the solver never gets the request, and the first certificate is never issued.`,
    fix: "Use a dns01 solver; or take httpsRedirect out, and redirect all paths but /.well-known/acme-challenge/ in a VirtualService.",
  });
}

/** Servers that redirect, by their hosts. */
function redirectingServers(inventory: Inventory): KeyIndex<Server> {
  return KeyIndex.ofParts(inventory.objects("Gateway"), (gateway) =>
    serversOf(gateway)
      .filter(({ redirects }) => redirects)
      .flatMap((server) => server.hosts.map((host) => [host.slice(host.indexOf("/") + 1), server] as const)),
  );
}
