import { gatewayTls } from "../../../../../policies/rules/istio/gateway/gateway-tls";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

function server(protocol: string, tls?: Loose): (stack: StackDraft) => void {
  return (stack) => {
    const [, second] = stack.object("Gateway", "istio-ingress", "wildcard").spec.servers;
    second.port.protocol = protocol;
    if (tls) second.tls = tls;
  };
}

export default cases(gatewayTls, {
  breaks: {
    "HTTPS without tls": {
      change: server("HTTPS"),
      finds: [
        "Gateway istio-ingress/wildcard: a server of protocol HTTPS has no tls: Istio refuses the whole Gateway. Add tls with a mode and a credentialName; where TLS ends at the load balancer, use protocol HTTP.",
      ],
    },
    "a certificate on plain HTTP": {
      change: server("HTTP", { mode: "SIMPLE", credentialName: "a" }),
      finds: [
        "Gateway istio-ingress/wildcard: a server of protocol HTTP has TLS settings (credentialName): Istio refuses the whole Gateway. Use protocol HTTPS or TLS, or take everything but httpsRedirect out of tls.",
      ],
    },
    "a certificate on plain HTTP, without a mode": {
      change: server("HTTP", { credentialName: "a" }),
      severity: "advisory",
      finds: [
        "Gateway istio-ingress/wildcard: a server of protocol HTTP ignores credentialName, and serves in the clear. Use protocol HTTPS and mode: SIMPLE, or take it out.",
      ],
    },
    "a certificate in files on plain HTTP": {
      change: server("HTTP", { serverCertificate: "/a", privateKey: "/b" }),
      finds: [
        "Gateway istio-ingress/wildcard: a server of protocol HTTP has TLS settings (serverCertificate): Istio refuses the whole Gateway. Use protocol HTTPS or TLS, or take everything but httpsRedirect out of tls.",
      ],
    },
    "TLS settings on TCP": {
      change: server("TCP", { mode: "PASSTHROUGH" }),
      finds: [
        "Gateway istio-ingress/wildcard: a server of protocol TCP has TLS settings (mode PASSTHROUGH): Istio refuses the whole Gateway. Use protocol HTTPS or TLS, or take everything but httpsRedirect out of tls.",
      ],
    },
    "no mode": {
      change: server("HTTPS", { credentialName: "a" }),
      finds: [
        "Gateway istio-ingress/wildcard: without a mode, which means PASSTHROUGH, the server ignores credentialName and passes TLS on unopened. Set mode: SIMPLE.",
      ],
    },
    "SIMPLE without a certificate": {
      change: server("HTTPS", { mode: "SIMPLE" }),
      finds: [
        "Gateway istio-ingress/wildcard: mode SIMPLE has no certificate: Istio refuses the whole Gateway. Add credentialName with the name of the certificate's Secret.",
      ],
    },
    "SIMPLE with an empty name and an empty list": {
      change: server("HTTPS", { mode: "SIMPLE", credentialName: "", credentialNames: [] }),
      // What Pulumi has yet to make is given.
      silent: ["spec.servers[1].tls.credentialName", "spec.servers[1].tls.credentialNames"],
      finds: [
        "Gateway istio-ingress/wildcard: mode SIMPLE has no certificate: Istio refuses the whole Gateway. Add credentialName with the name of the certificate's Secret.",
      ],
    },
    "ISTIO_MUTUAL with one": {
      change: server("TLS", { mode: "ISTIO_MUTUAL", credentialName: "a" }),
      finds: [
        "Gateway istio-ingress/wildcard: mode ISTIO_MUTUAL uses the mesh's own certificates, and Istio refuses the whole Gateway for credentialName. Take credentialName out, or use mode MUTUAL.",
      ],
    },
    "a redirect to HTTPS on HTTPS": {
      change: server("HTTPS", { mode: "SIMPLE", credentialName: "a", httpsRedirect: true }),
      severity: "advisory",
      finds: [
        "Gateway istio-ingress/wildcard: httpsRedirect does nothing on a server of protocol HTTPS. Set it on the server for plain HTTP.",
      ],
    },
  },
  keeps: {
    "passthrough with an empty name": server("TLS", { mode: "PASSTHROUGH", credentialName: "" }),
    "HTTPS with a certificate": server("HTTPS", { mode: "SIMPLE", credentialName: "a" }),
    "a certificate in files": server("HTTPS", { mode: "MUTUAL", serverCertificate: "/a", privateKey: "/b" }),
    passthrough: server("TLS", { mode: "PASSTHROUGH" }),
    "the mesh's own certificates": server("TLS", { mode: "ISTIO_MUTUAL" }),
    "a redirect on plain HTTP": server("HTTP", { httpsRedirect: true }),
  },
});
