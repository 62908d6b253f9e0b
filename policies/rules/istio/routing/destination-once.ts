import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import { conflict } from "../../../facts/causes";
import { ifApart, fingerprint, isAnother, listed, namespaceOf } from "../../../facts/istio/objects";
import { fullName } from "../../../facts/istio/registry";
import { KeyIndex } from "../../../facts/key-index";

/** A host has one DestinationRule for each subset, and one traffic policy. */
export const destinationOnce: Rule = {
  id: "IST-DESTINATION-ONCE",
  severity: "mandatory",
  title: "a host's subsets and traffic policy are in one DestinationRule",
  why: "Istio merges the DestinationRules of a host in a namespace, and where two say the same thing the newer one is dropped silently.",
  fix: "Put the host's subsets and its traffic policy into one DestinationRule.",
  codes: ["KIA0201", "IST0106"],
  docs: "https://istio.io/latest/docs/ops/best-practices/traffic-management/#split-virtual-services",

  judge: (inventory, check) =>
    check.each(inventory.objects("DestinationRule"), (rule) => {
      judgeOwn(rule, check);
      const index = inventory.once(byHost);
      for (const other of index.get(keyOf(rule))) if (isAnother(rule, other)) judge(rule, other, check);
      index.assertKnown();
    }),
};

function judgeOwn(rule: KubernetesObject, check: Check): void {
  const names = namesIn(rule);
  const twice = new Set(names.filter((name, index) => names.indexOf(name) < index));
  if (twice.size > 0)
    check.violation(rule.get("spec", "subsets"), {
      message: `${twice.size === 1 ? "subset" : "each of the subsets"} ${quoted(twice)} is defined twice: Istio refuses the DestinationRule.`,
      fix: "Rename one of them, or take it out.",
    });
}

function judge(rule: KubernetesObject, other: KubernetesObject, check: Check): void {
  const theirs = new Set(namesIn(other));
  const shared = new Set(namesIn(rule).filter((name) => theirs.has(name)));
  if (shared.size > 0)
    check.violation(rule.get("spec", "subsets"), {
      ...ifApart(rule, [other]),
      ...conflict("subsets", [rule.label, other.label]),
      message: `${other.label} defines the ${shared.size === 1 ? "subset" : "subsets"} ${quoted(shared)} of the same host too: Istio drops the newer one.`,
      fix: "Define each subset once.",
    });
  if (rule.get("spec", "trafficPolicy").exists && other.get("spec", "trafficPolicy").exists)
    check.violation(rule.get("spec", "trafficPolicy"), {
      ...ifApart(rule, [other]),
      ...conflict("traffic policies", [rule.label, other.label]),
      message: `${other.label} has a trafficPolicy for the same host too: Istio takes that of the older one and drops the other.`,
      fix: "Put both into one DestinationRule.",
    });
}

function namesIn(rule: KubernetesObject): string[] {
  return rule
    .get("spec", "subsets")
    .list()
    .flatMap((subset) => subset.get("name").text() ?? []);
}

function quoted(names: Iterable<string>): string {
  return listed([...names].map((name) => `"${name}"`));
}

/** Rules of different namespaces, or for different clients, are kept apart. */
function keyOf(rule: KubernetesObject): string {
  const host = fullName(rule.get("spec", "host").text() ?? "", namespaceOf(rule));
  return `${namespaceOf(rule)} ${host} ${fingerprint(rule.get("spec", "workloadSelector"))}`;
}

function byHost(inventory: Inventory): KeyIndex<KubernetesObject> {
  return new KeyIndex(inventory.objects("DestinationRule"), (rule) => {
    namesIn(rule);
    return [keyOf(rule)];
  });
}
