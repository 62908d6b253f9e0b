import type { Check } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { didYouMean } from "../../schemas/mistakes";
import { eachIn, guarded, type Warn } from "../refuse";

/** TLS as a server speaks it: of a Gateway's server, or a Sidecar's listener. */
export function warnServerTls(tls: Value, warn: Warn, check: Check): void {
  guarded(check, () => warnVersion(tls, warn));
  warnCiphers(tls.get("cipherSuites"), warn, check);
  guarded(check, () => warnCertificates(tls, warn));
}

/** Versions that none of the ciphers is for which Envoy offers by itself. */
const oldVersions: Readonly<Record<string, string>> = { TLSV1_0: "TLS 1.0", TLSV1_1: "TLS 1.1" };

function warnVersion(tls: Value, warn: Warn): void {
  const version = oldVersions[tls.get("minProtocolVersion").text() ?? ""];
  if (version === undefined || tls.get("cipherSuites").list().length > 0) return;
  warn(
    tls.get("minProtocolVersion"),
    `takes ${version} and has no cipherSuites: Envoy offers none that such clients have, so they can't connect.`,
    "Write minProtocolVersion: TLSV1_2, or add cipherSuites for them, e.g. ECDHE-RSA-AES128-SHA.",
  );
}

/** @see https://github.com/istio/istio/blob/release-1.31/pkg/config/security/security.go */
const cipherSuites = [
  ...["ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384"],
  ...["ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305"],
  ...["ECDHE-ECDSA-AES128-SHA", "ECDHE-RSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA", "ECDHE-RSA-AES256-SHA"],
  ...["AES128-GCM-SHA256", "AES256-GCM-SHA384", "AES128-SHA", "AES256-SHA", "DES-CBC3-SHA"],
];

function warnCiphers(list: Value, warn: Warn, check: Check): void {
  const seen = new Set<string>();
  eachIn(check, list, (value) => {
    const text = value.text() ?? "";
    if (!isCipher(text))
      warn(
        value,
        `names the cipher suite "${text}", which Istio doesn't know and leaves out.`,
        `${didYouMean(text, cipherSuites)}Use some of ${cipherSuites.join(", ")}. Those of TLS 1.3 can't be chosen.`,
      );
    else if (seen.has(text)) warn(value, `names the cipher suite "${text}" twice.`, "Take one out.");
    seen.add(text);
  });
}

/** What begins with a sign is an expression of BoringSSL's. */
function isCipher(text: string): boolean {
  return text === "" || text === "ALL" || /^[^\p{L}\p{N}]/u.test(text) || cipherSuites.includes(text);
}

/** Keys of what a server shows, and asks of clients. */
const certificates = ["credentialName", "serverCertificate", "privateKey", "caCertificates", "caCrl"];
const certificateLists = ["credentialNames", "tlsCertificates"];

/** What a Gateway that passes TLS on mustn't have is IST-GATEWAY-TLS's to say, but for these. */
const ofClients = ["caCertificates", "caCrl"];

const mostCertificates = 2;

function warnCertificates(tls: Value, warn: Warn): void {
  if (!tls.exists) return;
  const mode = tls.get("mode").text() ?? "PASSTHROUGH";
  const given = [
    ...certificates.filter((key) => tls.get(key).text()),
    ...certificateLists.filter((key) => tls.get(key).list().length > 0),
  ];
  const isTold = tls.resource.type.endsWith(":Gateway") && given.some((key) => !ofClients.includes(key));
  if ((mode === "PASSTHROUGH" || mode === "AUTO_PASSTHROUGH") && given[0] !== undefined && !isTold)
    warn(
      tls.get(given[0]),
      `has ${given.join(", ")} and the mode ${mode}, which passes TLS on unopened: they do nothing.`,
      "Write mode: SIMPLE or MUTUAL, or take them out.",
    );
  const count = tls.get("tlsCertificates").list().length;
  if (!/^(SIMPLE|MUTUAL|OPTIONAL_MUTUAL)$/.test(mode) || count <= mostCertificates) return;
  if (!given.some((key) => key.startsWith("credentialName")))
    warn(
      tls.get("tlsCertificates"),
      `has ${count} tlsCertificates, of which Istio supports ${mostCertificates}: one of each kind of key.`,
      "Keep one with an RSA key and one with an ECDSA key.",
    );
}
