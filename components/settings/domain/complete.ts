import type { GatewaySettings } from "../gateways/schema";
import type { Sections } from "../schema";
import type { DomainInput, DomainSettings } from "./schema";

/** The stack's domains, each with the gateway that serves it: one that names none has the only one. */
export function completeDomain(
  domain: Sections["domain"],
  [only]: readonly GatewaySettings[],
): DomainSettings & { readonly additional: readonly DomainSettings[] } {
  const served = <Domain extends DomainInput>(one: Domain) => ({ ...one, gateway: one.gateway ?? only?.key ?? "" });
  return { ...served(domain), additional: domain.additional.map(served) };
}
