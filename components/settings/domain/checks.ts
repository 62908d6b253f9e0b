import { certificateNames } from "./hosts";
import { isReserved } from "./reserved";
import type { DomainInput } from "./schema";
import { checkValidation } from "./validation-checks";
import type { Check, Draft, Report } from "../check";
import { eachRepeated } from "../repeated";

/** Zones that hold their domain, certificates that can be validated in them. */
export const checkDomain: Check = (draft, report) => {
  if (!draft.domain) return;
  checkOne(draft, draft.domain, [], report);
  draft.domain.additional.forEach((additional, index) => checkOne(draft, additional, ["additional", index], report));
  const domains = [draft.domain, ...draft.domain.additional];
  checkValidation(draft, domains, report);
  eachRepeated(
    domains.map(({ name }) => name),
    (index, name) =>
      report("domain", ["additional", index - 1, "name"], `is listed twice: ${name}`, "Remove one of them."),
  );
};

/** Characters of a certificate's first name, which is `*.NAME` here. @see https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
const longestFirstName = 64;

/** Names on a certificate, unless AWS raised it for an account. @see https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html */
const mostNames = 10;

function checkOne(
  { region, guessed, engine }: Draft,
  { name, zone, certificate }: DomainInput,
  path: readonly PropertyKey[],
  report: Report,
): void {
  const choices = [zone.create, zone.id, zone.name].filter((choice) => choice !== undefined);
  if (choices.length !== 1)
    report(
      "domain",
      [...path, "zone"],
      "must have exactly one of create, id and name",
      "Write {create: true}, {id: Z…} or {name: …}.",
    );
  // A plan of a sample is welcome.
  if (engine && zone.create && isReserved(name)) {
    report(
      "domain",
      [...path, "name"],
      "is a name for examples, which nobody owns: Route 53 refuses its zone, or its certificate is never validated",
      "Write a domain of yours. (npm start plans this one as it is.)",
    );
  }
  if (zone.name && name !== zone.name && !name.endsWith(`.${zone.name}`)) {
    report(
      "domain",
      [...path, "zone", "name"],
      `does not hold ${name}`,
      `Name the zone ${name}, or one of its parents.`,
    );
  }

  if (certificate.arn && certificate.names.length > 0) {
    report(
      "domain",
      [...path, "certificate", "names"],
      "has no effect beside arn: a given certificate has the names it has",
      'Remove "names" or "arn".',
    );
  }
  const longest = longestFirstName - "*.".length;
  if (!certificate.arn && name.length > longest) {
    report(
      "domain",
      [...path, "name"],
      `has ${name.length} characters, and may have ${longest}: a certificate's first name, "*." and this one, has at most ${longestFirstName}`,
      "Use a shorter domain, or name a certificate that covers it under certificate.arn.",
    );
  }
  const names = certificateNames({ name, zone, certificate });
  if (!certificate.arn && names.length > mostNames) {
    report(
      "domain",
      [...path, "certificate", "names"],
      `has ${certificate.names.length} names, and with the domain and its wildcard that is ${names.length}: a certificate has at most ${mostNames}`,
      "Remove some, or have the quota raised, request the certificate yourself and name it under certificate.arn.",
    );
  }
  const arnRegion = certificate.arn?.split(":")[3];
  if (arnRegion && region && arnRegion !== region) {
    report(
      "domain",
      [...path, "certificate", "arn"],
      `is in ${arnRegion}, and a load balancer takes certificates of its own region only`,
      `Use a certificate in ${region}.`,
    );
  }
  certificate.names.forEach((extra, index) => {
    if (extra === name || extra === `*.${name}`) {
      report("domain", [...path, "certificate", "names", index], "is on the certificate already", "Remove it.");
    } else if (!extra.endsWith(`.${name}`)) {
      report(
        "domain",
        [...path, "certificate", "names", index],
        `is not under ${name}, whose zone validates the certificate`,
        `Use a name that ends in .${name}, or list its domain under domain.additional.`,
      );
    }
  });
  eachRepeated(
    certificate.names,
    (index) => report("domain", [...path, "certificate", "names", index], "is listed twice", "Remove one of them."),
    (index) => guessed("domain", [...path, "certificate", "names", index]),
  );
}
