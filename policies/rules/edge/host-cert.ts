import { covers } from "../../hosts";
import type { Inventory } from "../../inventory";
import type { KubernetesObject } from "../../resource";
import type { Rule } from "../../rule";
import type { Value } from "../../value";

/** The certificate on the load balancer covers every host that is served behind it. */
export const hostCertificate: Rule = {
  id: "IST-HOST-CERT",
  severity: "mandatory",
  title: "the certificate covers every public host",
  why: "Browsers refuse a host that the certificate doesn't name, and a wildcard stands for one label only, never for the domain itself.",
  fix: "Use a host with one label below the domain, or add its name to the certificate.",
  codes: [],
  docs: "https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html",

  judge: (inventory, check) => {
    if (inventory.ofType(certificateType).length === 0) return;
    check.each(inventory.objects("VirtualService"), (rule) => {
      if (!isPublic(rule, inventory)) return;
      check.each(rule.get("spec", "hosts").list(), (host) => {
        const name = host.text() ?? "";
        const names = inventory.once(certificateNames);
        if (name === "*" || names.known.some((known) => covers(known, name))) return;
        // One of these may cover it: reading it says that it is unknown.
        for (const value of names.unknown) value.list();
        if (!names.known.some((known) => isBelow(name, known))) {
          check.undecided(
            host,
            `no certificate here is for the domain of ${name}, and what one given by its ARN covers can't be seen`,
          );
          return;
        }
        check.violation(host, {
          message: `host "${name}" is not covered by the certificate (${names.known.join(", ")}): browsers will refuse it.`,
          fix: names.known.includes(`*.${name}`)
            ? `Add "${name}" to domain.certificate.names.`
            : `Use a one-label host, or add "${wildcardFor(name)}" to domain.certificate.names.`,
        });
      });
    });
  },
};

const certificateType = "aws:acm/certificate:Certificate";

interface Names {
  readonly known: readonly string[];
  readonly unknown: readonly Value[];
}

/** The names on every certificate of the stack: which of them the load balancer carries is in ARNs that nobody knows yet. */
function certificateNames(inventory: Inventory): Names {
  const values = inventory.ofType(certificateType).flatMap((certificate) => {
    const others = certificate.get("subjectAlternativeNames");
    return [certificate.get("domainName"), ...(others.isUnknown ? [others] : others.list())];
  });
  return {
    known: [...new Set(values.flatMap((value) => (value.isUnknown ? [] : (value.text() ?? []))))],
    unknown: values.filter((value) => value.isUnknown),
  };
}

/** Whether a gateway serves it whose TLS ends at the load balancer, and so with its certificate. */
function isPublic(rule: KubernetesObject, inventory: Inventory): boolean {
  return rule
    .get("spec", "gateways")
    .list()
    .some((reference) => {
      const name = reference.text() ?? "";
      if (name === "mesh") return false;
      const [namespace = "", own = ""] = name.includes("/") ? name.split("/") : [rule.namespace, name];
      const gateway = inventory.find("Gateway", namespace, own);
      return gateway !== undefined && endsTlsBefore(gateway);
    });
}

/** Whether a gateway has no certificate of its own. */
function endsTlsBefore(gateway: KubernetesObject): boolean {
  return !gateway
    .get("spec", "servers")
    .list()
    .some((server) => server.get("tls", "credentialName").exists);
}

/** Whether a host is somewhere below a certificate's name. */
function isBelow(host: string, name: string): boolean {
  return `.${host}`.endsWith(`.${name.replace(/^\*\./, "")}`);
}

function wildcardFor(host: string): string {
  return ["*", ...host.split(".").slice(1)].join(".");
}
