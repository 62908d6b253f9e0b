import type { Problem } from "../errors";
import { isMap } from "../reading/maps";
import { keyOf } from "../reading/problems";
import { egressGateway } from "./egress-schema";
import { gateway } from "./schema";

/**
 * Takes keys of ingress gateways out of the egress gateways of a section, so that the rest of it can be read.
 *
 * @param section the section's key, e.g. `eks-istio:gateways`
 * @param raw the section as it was written; left as it is
 * @returns undefined where there are none
 */
export function ingressKeys(
  section: string,
  raw: unknown,
): { readonly problems: readonly Problem[]; readonly rest: unknown } | undefined {
  if (!isMap(raw)) return undefined;
  const problems: Problem[] = [];
  const rest = Object.entries(raw).map(([name, own]) => {
    if (!isMap(own) || own.type !== "egress") return [name, own] as const;
    const [kept, misplaced] = [
      Object.entries(own).filter(([key]) => !isIngress(key)),
      Object.keys(own).filter(isIngress),
    ];
    for (const key of misplaced)
      problems.push({
        key: keyOf(section, [name, key]),
        value: own[key],
        rule: `is of ingress gateways: ${key === "namespaces" ? "what leaves by an egress gateway is said in external" : "an egress gateway has no load balancer, and only pods of the mesh reach it"}`,
        fix: "Remove it.",
      });
    return [name, Object.fromEntries(kept)] as const;
  });
  return problems.length > 0 ? { problems, rest: Object.fromEntries(rest) } : undefined;
}

function isIngress(key: string): boolean {
  return Object.hasOwn(gateway.shape, key) && !Object.hasOwn(egressGateway.shape, key);
}
