import { accepts, checkout, refuses } from "../verdicts";

describe("TLS towards an application", () => {
  accepts("a client certificate from a secret", checkout({ tls: { mode: "MUTUAL", credentialName: "client" } }));
  accepts(
    "a client certificate from files",
    checkout({ tls: { mode: "MUTUAL", clientCertificate: "/etc/tls/tls.crt", privateKey: "/etc/tls/tls.key" } }),
  );
  for (const mode of ["DISABLE", "SIMPLE", "ISTIO_MUTUAL"])
    accepts(`${mode} without a client certificate`, checkout({ tls: { mode } }));

  for (const own of [{}, { clientCertificate: "/etc/tls/tls.crt" }]) {
    refuses(`MUTUAL with ${Object.keys(own).join() || "nothing else"}`, checkout({ tls: { mode: "MUTUAL", ...own } }), {
      key: "eks-istio:apps.checkout.tls",
      value: { mode: "MUTUAL", ...own },
      rule: "is MUTUAL and has no client certificate",
      fix: 'Set "credentialName", or "clientCertificate" and "privateKey".',
    });
  }

  refuses("TLS without a mode", checkout({ tls: { sni: "checkout.example.com" } }), {
    key: "eks-istio:apps.checkout.tls.mode",
    value: undefined,
    rule: "is required, and one of DISABLE, SIMPLE, MUTUAL, ISTIO_MUTUAL",
    fix: "Write one of DISABLE, SIMPLE, MUTUAL, ISTIO_MUTUAL.",
  });

  accepts(
    "a CA of its own, and names to look for",
    checkout({ tls: { mode: "SIMPLE", caCertificates: "/etc/tls/ca.crt", subjectAltNames: ["checkout.example.com"] } }),
  );
  accepts("any certificate", checkout({ tls: { mode: "SIMPLE", insecureSkipVerify: true } }));

  const files = [
    { clientCertificate: "/etc/tls/tls.crt" },
    { privateKey: "/etc/tls/tls.key" },
    { caCertificates: "/etc/tls/ca.crt" },
  ];
  for (const own of files) {
    const tls = { mode: "MUTUAL", credentialName: "client", ...own };
    refuses(`a secret beside ${Object.keys(own).join()}`, checkout({ tls }), {
      key: "eks-istio:apps.checkout.tls",
      value: tls,
      rule: "must not have credentialName together with certificate files",
      fix: "Remove one of them.",
    });
  }

  for (const own of [{ caCertificates: "/etc/tls/ca.crt" }, { subjectAltNames: ["checkout.example.com"] }]) {
    const tls = { mode: "SIMPLE", insecureSkipVerify: true, ...own };
    refuses(`any certificate beside ${Object.keys(own).join()}`, checkout({ tls }), {
      key: "eks-istio:apps.checkout.tls",
      value: tls,
      rule: "must not skip the verification that caCertificates or subjectAltNames ask for",
      fix: "Remove insecureSkipVerify.",
    });
  }
});
