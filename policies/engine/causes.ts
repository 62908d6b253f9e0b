import type { Finding, Place } from "./evaluate";

/**
 * Tells one cause once: of findings with the same {@link Finding.cause} one is left, which lists the places of the others.
 * It is the weightiest, and of these the first that tells of the cause itself. Findings that only come of a cause are left
 * as they are where nothing tells of it: the rule that would is off, or the finding exempt.
 */
export function byCause(findings: readonly Finding[]): Finding[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.cause === undefined) continue;
    const group = groups.get(finding.cause);
    if (group) group.push(finding);
    else groups.set(finding.cause, [finding]);
  }
  return findings.flatMap(({ cause, follows, ...finding }, index) => {
    const group = cause === undefined ? [] : (groups.get(cause) ?? []);
    if (group.length < 2 || group.every((one) => one.follows)) return [finding];
    const head = headOf(group);
    return findings[index] === head ? [{ ...finding, ...alsoOf(head, group) }] : [];
  });
}

function headOf(group: readonly Finding[]): Finding | undefined {
  const mandatory = group.filter(({ severity }) => severity === "mandatory");
  const weightiest = mandatory.length > 0 ? mandatory : group;
  return weightiest.find(({ follows }) => !follows) ?? weightiest[0];
}

/** The places of the others, each once. */
function alsoOf(head: Finding | undefined, group: readonly Finding[]): Pick<Finding, "also"> {
  const seen = new Set([keyOf(head)]);
  const also: Place[] = [];
  for (const one of group) {
    if (seen.has(keyOf(one))) continue;
    seen.add(keyOf(one));
    const { rule, resource, path, place } = one;
    also.push({ rule, resource, path, ...(place !== undefined && { place }) });
  }
  return also.length > 0 ? { also } : {};
}

function keyOf(finding: Finding | undefined): string {
  return finding === undefined ? "" : JSON.stringify([finding.resource, finding.path, finding.place]);
}
