import { destinationCa } from "../../../../../policies/rules/istio/security/destination-ca";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

function originate(tls: Loose, more: Loose = {}, host = "api.example.org"): (stack: StackDraft) => void {
  return (stack) => {
    stack.add({
      apiVersion: "networking.istio.io/v1",
      kind: "DestinationRule",
      metadata: { name: "outside", namespace: "bookinfo" },
      spec: { host, trafficPolicy: { tls }, ...more },
    } as Loose);
  };
}

export default cases(destinationCa, {
  breaks: {
    "no verification": {
      change: originate({ mode: "SIMPLE", insecureSkipVerify: true }),
      finds: [
        "DestinationRule bookinfo/outside: TLS (SIMPLE) to api.example.org skips verification: whoever answers there is believed. Take insecureSkipVerify out, and set caCertificates to the server's CA.",
      ],
    },
    "no CA for a Service": {
      change: originate({ mode: "SIMPLE" }, {}, "details"),
      finds: [
        "DestinationRule bookinfo/outside: TLS (SIMPLE) to details has no CA, and no public CA vouches for a name inside the cluster: every connection fails. Set caCertificates to the CA that signed the server's certificate.",
      ],
    },
    "no CA for a host outside": {
      change: originate({ mode: "MUTUAL", clientCertificate: "/a", privateKey: "/b" }),
      severity: "advisory",
      finds: [
        "DestinationRule bookinfo/outside: TLS (MUTUAL) to api.example.org names no CA: recent proxies believe any public CA, older ones anybody. Set caCertificates, e.g. to the public CAs of the proxy's image: /etc/ssl/certs/ca-certificates.crt.",
      ],
    },
    "a port without a CA": {
      change: originate(undefined, {
        trafficPolicy: { portLevelSettings: [{ port: { number: 9443 }, tls: { mode: "SIMPLE" } }] },
        host: "details",
      }),
      finds: [
        "DestinationRule bookinfo/outside: TLS (SIMPLE) to details:9443 has no CA, and no public CA vouches for a name inside the cluster: every connection fails. Set caCertificates to the CA that signed the server's certificate.",
      ],
    },
    "a subset without a CA": {
      change: originate(undefined, {
        subsets: [{ name: "v1", trafficPolicy: { tls: { mode: "SIMPLE" } } }],
        host: "details",
      }),
      finds: [
        "DestinationRule bookinfo/outside: TLS (SIMPLE) to details has no CA, and no public CA vouches for a name inside the cluster: every connection fails. Set caCertificates to the CA that signed the server's certificate.",
      ],
    },
    "a Secret that sidecars ignore": {
      change: originate({ mode: "SIMPLE", credentialName: "ca" }),
      severity: "advisory",
      finds: [
        "DestinationRule bookinfo/outside: sidecars ignore credentialName without a workloadSelector and send plain text to api.example.org: only gateways use it. Add a workloadSelector for the clients, or set caCertificates.",
      ],
    },
  },
  keeps: {
    "a CA": originate({ mode: "SIMPLE", caCertificates: "/etc/ssl/certs/ca-certificates.crt" }),
    "a Secret for selected clients": originate(
      { mode: "SIMPLE", credentialName: "ca" },
      { workloadSelector: { matchLabels: { app: "productpage" } } },
    ),
    "the mesh's own TLS": originate({ mode: "ISTIO_MUTUAL" }, {}, "details"),
  },
});
