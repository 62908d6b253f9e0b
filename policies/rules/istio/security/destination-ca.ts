import type { KubernetesObject } from "../../../engine/resource";
import type { Rule, Violation } from "../../../engine/rule";
import { wrongValue } from "../../../facts/causes";
import { clientTls, type ClientTls } from "../../../facts/istio/client-tls";
import { namespaceOf } from "../../../facts/istio/objects";
import { destinationOf, type Destination } from "../../../facts/istio/registry";

/** TLS that the proxy originates has a CA to check the server against. */
export const destinationCa: Rule = {
  id: "IST-DESTINATION-CA",
  severity: "mandatory",
  title: "TLS that the proxy originates verifies the server",
  why: "Without the right CA the proxy either refuses every connection or believes whoever answers.",
  fix: "Set caCertificates to the CA's file, or credentialName to a Secret together with a workloadSelector.",
  codes: ["IST0128", "IST0129"],
  docs: "https://istio.io/latest/docs/reference/config/analysis/ist0128/",

  judge: (inventory, check) =>
    check.each(inventory.objects("DestinationRule"), (rule) => {
      check.each(clientTls(rule), (tls) => {
        if (tls.mode !== "SIMPLE" && tls.mode !== "MUTUAL") return;
        const host = rule.get("spec", "host").text() ?? "";
        const wrong = wrongIn(tls, rule, host, () => destinationOf(host, namespaceOf(rule), inventory));
        if (wrong) check.violation(tls.value, { ...wrong, ...wrongValue(tls.value), follows: true });
      });
    }),
};

function wrongIn(
  { value, mode, port }: ClientTls,
  rule: KubernetesObject,
  host: string,
  leadsTo: () => Destination,
): Violation | undefined {
  const where = `${host}${port === undefined ? "" : `:${port}`}`;
  if (value.get("insecureSkipVerify").boolean() === true)
    return {
      message: `TLS (${mode}) to ${where} skips verification: whoever answers there is believed.`,
      fix: "Take insecureSkipVerify out, and set caCertificates to the server's CA.",
    };
  if (value.get("caCertificates").exists) return undefined;
  const credential = value.get("credentialName");
  if (credential.exists) {
    if (rule.get("spec", "workloadSelector").exists) return undefined;
    return {
      message: `sidecars ignore credentialName without a workloadSelector and send plain text to ${where}: only gateways use it.`,
      fix: "Add a workloadSelector for the clients, or set caCertificates.",
      severity: "advisory",
    };
  }
  if (leadsTo().kind === "service")
    return {
      message: `TLS (${mode}) to ${where} has no CA, and no public CA vouches for a name inside the cluster: every connection fails.`,
      fix: "Set caCertificates to the CA that signed the server's certificate.",
    };
  return {
    message: `TLS (${mode}) to ${where} names no CA: recent proxies believe any public CA, older ones anybody.`,
    fix: "Set caCertificates, e.g. to the public CAs of the proxy's image: /etc/ssl/certs/ca-certificates.crt.",
    severity: "advisory",
  };
}
