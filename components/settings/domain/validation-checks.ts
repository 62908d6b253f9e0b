import type { DomainInput } from "./schema";
import type { Draft, Report } from "../check";
import { keyOf } from "../reading/problems";

/** A domain's place in the section, by its place among all domains. */
function pathOf(index: number): readonly PropertyKey[] {
  return index === 0 ? [] : ["additional", index - 1];
}

/** Further names of certificates that belong to another domain of the stack: its record is there already, or its zone is another. */
export function checkValidation(draft: Draft, domains: readonly DomainInput[], report: Report): void {
  domains.forEach((domain, index) => {
    if (!domain.certificate.arn) checkNames(draft, domain, index, domains, report);
  });
}

function checkNames(
  { guessed }: Draft,
  own: DomainInput,
  index: number,
  domains: readonly DomainInput[],
  report: Report,
): void {
  const { name, certificate } = own;
  certificate.names.forEach((extra, place) => {
    const path = [...pathOf(index), "certificate", "names", place];
    const base = validatedName(extra);
    const below = domains
      .filter((other) => other.name.length > name.length && (base === other.name || base.endsWith(`.${other.name}`)))
      .sort((a, b) => b.name.length - a.name.length);
    const [closer] = below;
    if (!closer) return;
    const owner = below.find(
      (other) => !other.certificate.arn && other.certificate.names.some((one) => validatedName(one) === base),
    );
    const at = pathOf(domains.indexOf(closer));
    if (base === closer.name && !closer.certificate.arn)
      report(
        "domain",
        path,
        `is validated by the record of ${base}, a domain of this stack with a certificate of its own: the record would have two owners`,
        "Remove it: that domain's certificate covers it.",
      );
    else if (
      hasOwnZone(closer, own) &&
      !guessed("domain", [...pathOf(index), "zone"]) &&
      !guessed("domain", [...at, "zone"])
    )
      report(
        "domain",
        path,
        `is ${extra === closer.name ? "" : "below "}${closer.name}, whose zone is another than that of ${name}, where this certificate is validated: up would wait for two hours, and fail`,
        closer.certificate.arn
          ? `Remove it, and use a certificate for ${closer.name} that covers it.`
          : `Write it under ${keyOf("domain", [...at, "certificate", "names"])}.`,
      );
    else if (owner && !guessed("domain", [...pathOf(domains.indexOf(owner)), "certificate", "names"]))
      report(
        "domain",
        path,
        `is validated by the record of ${base}, which the certificate of ${owner.name} has as well: the record would have two owners, and the one that goes would take it from the other`,
        `Remove it: ${keyOf("domain", [...pathOf(domains.indexOf(owner)), "certificate", "names"])} covers it.`,
      );
  });
}

/** The name whose record proves a certificate's name: a wildcard shares it with the name behind it. */
function validatedName(name: string): string {
  return name.replace(/^\*\./, "");
}

/** What the stack file says of the zone that holds a domain's records: its name, or its id. */
interface Zone {
  readonly name?: string | undefined;
  readonly id?: string | undefined;
}

function zoneOf({ name, zone }: DomainInput): Zone {
  return zone.create ? { name } : { name: zone.name, id: zone.id };
}

/**
 * Whether a domain below another one has a zone of its own, as far as the stack file says: a zone's name and another one's
 * id may be of the same.
 */
function hasOwnZone(closer: DomainInput, above: DomainInput): boolean {
  const [own, other] = [zoneOf(closer), zoneOf(above)];
  // With a given certificate, a zone by id may be a private one, which ACM never sees.
  if (own.id !== undefined && other.id !== undefined) return own.id !== other.id && !closer.certificate.arn;
  if (own.name === undefined) return false;
  // The zone that holds the upper domain has no longer name than it.
  return other.name === undefined ? own.name.length > above.name.length : own.name !== other.name;
}
