import type { Inventory } from "../../engine/inventory";
import type { Resource } from "../../engine/resource";
import type { Value } from "../../engine/value";

/** A certificate of ACM. */
export const certificateType = "aws:acm/certificate:Certificate";

/** Each name on a certificate; one value for all further ones, while their list is unknown. */
export function namesOf(certificate: Resource): Value[] {
  const others = certificate.get("subjectAlternativeNames");
  return [certificate.get("domainName"), ...(others.isUnknown ? [others] : others.list())];
}

/** The stack's certificates that a Service waits for, most often until they are validated. */
export function certificatesFor(resource: Resource, inventory: Inventory, depth = 2): Resource[] {
  const waitsFor = resource.data.dependencies.flatMap((urn) => inventory.withUrn(urn) ?? []);
  return waitsFor.flatMap((one) => {
    if (one.type === certificateType) return [one];
    const isValidation = one.type === "aws:acm/certificateValidation:CertificateValidation";
    return isValidation && depth > 1 ? certificatesFor(one, inventory, depth - 1) : [];
  });
}

/** The setting with the names of a certificate that this project's component makes: the platform has one for each domain, in their order. */
export function settingOf({ data }: Resource, inventory: Inventory): string | undefined {
  const component = inventory.withUrn(data.parent ?? "");
  const platform = inventory.withUrn(component?.data.parent ?? "");
  if (component?.type !== componentType || platform?.type !== "eks-istio:stage:Platform") return undefined;
  const domains = inventory.childrenOf(platform.data.urn ?? "").filter(({ type }) => type === componentType);
  const index = domains.indexOf(component);
  return index > 0 ? `domain.additional[${index - 1}].certificate.names` : "domain.certificate.names";
}

const componentType = "eks-istio:stage:Certificate";
