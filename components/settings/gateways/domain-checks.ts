import type { Check } from "../check";
import { closest } from "../reading/suggestions";
import { ingressGateways, servingGateway } from "./names";

/** Each domain has a gateway, and each gateway a domain. */
export const checkDomainGateways: Check = (draft, report) => {
  const { domain, gateways, settledGateways, settledEgressGateways = [], guessed } = draft;
  if (!domain || !gateways || !settledGateways) return;
  const keys = settledGateways.map(({ key }) => key);
  const domains = [domain, ...domain.additional].map(({ name, gateway }, index) => ({
    name,
    gateway: servingGateway({ gateway }, settledGateways),
    path: [...(index === 0 ? [] : ["additional", index - 1]), "gateway"],
  }));
  for (const { name, gateway, path } of domains) {
    if (gateway === undefined) {
      if (!guessed("domain", path))
        report(
          "domain",
          path,
          "is required where there are several gateways",
          `Name the one that serves ${name}: ${keys.join(" or ")}.`,
        );
    } else if (!keys.includes(gateway) && !guessed("gateways", [gateway])) {
      const near = closest(gateway, keys);
      if (settledEgressGateways.some(({ key }) => key === gateway))
        report(
          "domain",
          path,
          "is an egress gateway, by which nothing comes in",
          `Name an ingress gateway: ${keys.join(" or ")}.`,
        );
      else
        report(
          "domain",
          path,
          `is not a gateway of this stack (${keys.join(", ")})`,
          near
            ? `Did you mean "${near}"?`
            : `Write one of these, or add it to gateways${beside(ingressGateways(gateways).length)}.`,
        );
    }
  }

  const named = domains.map(({ gateway }) => gateway);
  // What a domain would have named is unknown.
  if (guessed("domain", ["additional"]) || guessed("domain", ["gateway"])) return;
  if (named.some((gateway) => gateway === undefined || !keys.includes(gateway))) return;
  for (const key of keys) {
    if (!named.includes(key))
      report(
        "gateways",
        [key],
        "serves no domain, and so no host",
        `Set gateway: ${key} in domain or in an entry of domain.additional, or remove it.`,
      );
  }
};

/** A stack file without gateways has one all the same, which a first entry under another name would take away. */
function beside(written: number): string {
  return written > 0 ? "" : ', beside {default: {}}: without "default" in it, the gateway that you have goes';
}
