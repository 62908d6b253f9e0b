import type { Check, Rule, Violation } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { familyOf } from "../../../facts/istio/servers";

/** A Gateway's server says about TLS what its protocol needs. */
export const gatewayTls: Rule = {
  id: "IST-GATEWAY-TLS",
  severity: "mandatory",
  title: "a server of a Gateway has the TLS settings that its protocol needs",
  why: "Istio refuses the whole Gateway, or passes TLS on unopened to a service that doesn't speak it.",
  fix: "Give HTTPS and TLS servers a mode and a certificate, and plain ones none.",
  codes: ["IST0106"],
  docs: "https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings",

  judge: (inventory, check) =>
    check.each(inventory.objects("Gateway"), (gateway) => {
      check.each(gateway.get("spec", "servers").list(), (server) => {
        const protocol = server.get("port", "protocol").text();
        const tls = server.get("tls");
        if (protocol === undefined) return;
        const wrong = tls.exists ? wrongIn(tls, protocol) : withoutTls(protocol);
        if (wrong) check.violation(tls, wrong);
        judgeRedirect(tls, protocol, check);
      });
    }),
};

function withoutTls(protocol: string): Violation | undefined {
  if (familyOf(protocol) !== "TLS") return undefined;
  return {
    message: `a server of protocol ${protocol} has no tls: Istio refuses the whole Gateway.`,
    fix: "Add tls with a mode and a credentialName; where TLS ends at the load balancer, use protocol HTTP.",
  };
}

function wrongIn(tls: Value, protocol: string): Violation | undefined {
  const mode = tls.get("mode").text() ?? "PASSTHROUGH";
  const passes = mode === "PASSTHROUGH" || mode === "AUTO_PASSTHROUGH";
  const source = certificateIn(tls);
  if (familyOf(protocol) !== "TLS") {
    if (passes && source === undefined && (familyOf(protocol) === "HTTP" || tls.entries().length === 0))
      return undefined;
    if (passes && familyOf(protocol) === "HTTP" && !refusing.some((key) => tls.get(key).text()))
      return {
        message: `a server of protocol ${protocol} ignores ${source ?? ""}, and serves in the clear.`,
        fix: "Use protocol HTTPS and mode: SIMPLE, or take it out.",
        severity: "advisory",
      };
    return {
      message: `a server of protocol ${protocol} has TLS settings (${source ?? `mode ${mode}`}): Istio refuses the whole Gateway.`,
      fix: "Use protocol HTTPS or TLS, or take everything but httpsRedirect out of tls.",
    };
  }
  if (passes && source !== undefined)
    return {
      message: `${tls.get("mode").exists ? `mode ${mode}` : "without a mode, which means PASSTHROUGH,"} the server ignores ${source} and passes TLS on unopened.`,
      fix: "Set mode: SIMPLE.",
    };
  if ((mode === "SIMPLE" || mode.endsWith("MUTUAL")) && mode !== "ISTIO_MUTUAL" && source === undefined)
    return {
      message: `mode ${mode} has no certificate: Istio refuses the whole Gateway.`,
      fix: "Add credentialName with the name of the certificate's Secret.",
    };
  if (mode === "ISTIO_MUTUAL" && source !== undefined)
    return {
      message: `mode ISTIO_MUTUAL uses the mesh's own certificates, and Istio refuses the whole Gateway for ${source}.`,
      fix: `Take ${source} out, or use mode MUTUAL.`,
    };
  return undefined;
}

/** What a server for plain HTTP mustn't have; Istio ignores other certificates there. */
const refusing = ["serverCertificate", "privateKey", "caCertificates"];

/** An empty text and an empty list are none, as Istio counts. */
function certificateIn(tls: Value): string | undefined {
  return ["credentialName", "credentialNames", "serverCertificate", "tlsCertificates", "privateKey"].find((key) => {
    const value = tls.get(key);
    return value.isUnknown || Boolean(value.text()) || value.list().length > 0;
  });
}

function judgeRedirect(tls: Value, protocol: string, check: Check): void {
  const redirect = tls.get("httpsRedirect");
  if (familyOf(protocol) === "HTTP" || redirect.boolean() !== true) return;
  check.violation(redirect, {
    message: `httpsRedirect does nothing on a server of protocol ${protocol}.`,
    fix: "Set it on the server for plain HTTP.",
    severity: "advisory",
  });
}
