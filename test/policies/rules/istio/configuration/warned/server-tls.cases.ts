import { warned } from "../../../../../../policies/rules/istio/configuration/warned";
import { cases } from "../../../../cases";
import type { Loose } from "../../../../stack";
import { breaks, keeps } from "./drafts";

const gateway = (tls: Loose): Loose => ({
  selector: { istio: "ingress" },
  servers: [{ port: { number: 443, name: "https", protocol: "HTTPS" }, hosts: ["*.example.com"], tls }],
});
const simple = { mode: "SIMPLE", credentialName: "certificate" };
const certificate = { serverCertificate: "/etc/a.pem", privateKey: "/etc/a.key" };
const suites =
  "Use some of ECDHE-ECDSA-AES128-GCM-SHA256, ECDHE-RSA-AES128-GCM-SHA256, ECDHE-ECDSA-AES256-GCM-SHA384, ECDHE-RSA-AES256-GCM-SHA384, ECDHE-ECDSA-CHACHA20-POLY1305, ECDHE-RSA-CHACHA20-POLY1305, ECDHE-ECDSA-AES128-SHA, ECDHE-RSA-AES128-SHA, ECDHE-ECDSA-AES256-SHA, ECDHE-RSA-AES256-SHA, AES128-GCM-SHA256, AES256-GCM-SHA384, AES128-SHA, AES256-SHA, DES-CBC3-SHA. Those of TLS 1.3 can't be chosen.";

export default cases(warned, {
  breaks: {
    "an old version of TLS without ciphers for it": breaks(
      "Gateway",
      gateway({ ...simple, minProtocolVersion: "TLSV1_1" }),
      "takes TLS 1.1 and has no cipherSuites: Envoy offers none that such clients have, so they can't connect. Write minProtocolVersion: TLSV1_2, or add cipherSuites for them, e.g. ECDHE-RSA-AES128-SHA.",
    ),
    "a cipher suite that nobody knows": breaks(
      "Gateway",
      gateway({ ...simple, cipherSuites: ["AES128-SHA", "TLS_AES_128_GCM_SHA256"] }),
      `names the cipher suite "TLS_AES_128_GCM_SHA256", which Istio doesn't know and leaves out. Did you mean AES128-GCM-SHA256? ${suites}`,
    ),
    "a cipher suite twice": breaks(
      "Gateway",
      gateway({ ...simple, cipherSuites: ["AES128-SHA", "AES256-SHA", "AES128-SHA"] }),
      'names the cipher suite "AES128-SHA" twice. Take one out.',
    ),
    "certificates to ask clients for where TLS is passed on": breaks(
      "Gateway",
      gateway({ mode: "PASSTHROUGH", caCertificates: "/etc/ca.pem", caCrl: "/etc/crl.pem" }),
      "has caCertificates, caCrl and the mode PASSTHROUGH, which passes TLS on unopened: they do nothing. Write mode: SIMPLE or MUTUAL, or take them out.",
    ),
    "a Sidecar's certificate without a mode": breaks(
      "Sidecar",
      { ingress: [{ port: { number: 443, protocol: "HTTPS", name: "https" }, tls: certificate }] },
      "has serverCertificate, privateKey and the mode PASSTHROUGH, which passes TLS on unopened: they do nothing. Write mode: SIMPLE or MUTUAL, or take them out.",
    ),
    "three certificates": breaks(
      "Gateway",
      gateway({ mode: "SIMPLE", tlsCertificates: [certificate, certificate, certificate] }),
      "has 3 tlsCertificates, of which Istio supports 2: one of each kind of key. Keep one with an RSA key and one with an ECDSA key.",
    ),
  },
  keeps: {
    "an old version of TLS with ciphers for it": keeps(
      "Gateway",
      gateway({ ...simple, minProtocolVersion: "TLSV1_0", cipherSuites: ["ECDHE-RSA-AES128-SHA"] }),
    ),
    "an expression of BoringSSL's": keeps("Gateway", gateway({ ...simple, cipherSuites: ["ALL", "-AES128-SHA"] })),
    // IST-GATEWAY-TLS says so.
    "a server's certificate where TLS is passed on": keeps(
      "Gateway",
      gateway({ mode: "PASSTHROUGH", credentialName: "certificate", caCertificates: "/etc/ca.pem" }),
    ),
    "two certificates": keeps("Gateway", gateway({ mode: "SIMPLE", tlsCertificates: [certificate, certificate] })),
    "more than two Secrets": keeps("Gateway", gateway({ mode: "SIMPLE", credentialNames: ["a", "b", "c"] })),
  },
});
