import { evaluate, type Finding } from "../../../policies/evaluate";
import { Inventory } from "../../../policies/inventory";
import { rules } from "../../../policies/rules";
import { noSettings } from "../../../policies/settings";
import { fromYaml } from "../../../policies/sources/yaml";
import type { Message } from "./analyze";
import { textOf, type Input } from "./input";

/** What only one of the two says about an object. */
export interface Difference {
  readonly only: "Istio" | "ours";
  readonly input: Input;
  readonly object: string;
  /** A topic, if only Istio says it; a rule's id, if only ours does. */
  readonly about: string;
  readonly text: string;
}

export interface Comparison {
  /** Topics that both speak of at the same object, once for each object. */
  readonly agreed: readonly string[];
  readonly differences: readonly Difference[];
}

/** This project's rules with the codes of Istio's analyzers that they claim. */
const claims: ReadonlyMap<string, readonly string[]> = new Map(
  rules.map(({ id, codes }) => [id, codes.filter((code) => code.startsWith("IST"))] as const).filter(([, own]) => own[0]),
);

export const claimedCodes: ReadonlySet<string> = new Set([...claims.values()].flat());

/** What rules find out of what IST0101 says about every kind of reference. */
const references: Readonly<Record<string, (finding: Finding) => readonly string[]>> = {
  "IST-AUTHZ-NAMESPACE": () => ["namespace"],
  "IST-EXPORT-NAMESPACE": () => ["namespace"],
  "IST-EXPORT-TO": ({ path }) => destination(path),
  "IST-GATEWAY-SECRET": () => ["credentialName"],
  "IST-GATEWAY-SELECTOR": () => ["selector"],
  "IST-POLICY-SELECTOR": () => ["selector"],
  "IST-ROUTE-DESTINATION": ({ path }) => destination(path),
  "IST-ROUTE-GATEWAY": () => ["gateway"],
  "IST-ROUTE-PORT": () => ["host:port"],
};

function destination(path: string): readonly string[] {
  const isMirror = path.includes("mirror");
  if (path.endsWith("subset")) return [`${isMirror ? "mirror" : "host"}+subset in destinationrule`];
  return [isMirror ? "mirror host" : "host"];
}

/** What a message is about: its code, and for a missing reference what refers. */
function topicOf({ code, message }: Message): string {
  const [, reference] = (code === "IST0101" && /^Referenced (.*) not found: /.exec(message)) || [];
  return reference === undefined ? code : `${code} ${reference}`;
}

function topicsOf(finding: Finding): readonly string[] {
  return (claims.get(finding.rule) ?? []).flatMap((code) =>
    code === "IST0101" ? (references[finding.rule]?.(finding) ?? []).map((reference) => `${code} ${reference}`) : [code],
  );
}

/** Holds what Istio says about an input against what the rules find that claim the same code. */
export function compare(input: Input, messages: readonly Message[]): Comparison {
  const claimed = messages
    .filter(({ code }) => claimedCodes.has(code))
    .map((message) => ({ object: message.object, topic: topicOf(message), text: message.message }));
  const found = findingsIn(input).map((finding) => ({ finding, topics: topicsOf(finding) }));
  const agreed = new Set<string>();
  const differences: Difference[] = [];
  for (const { object, topic, text } of claimed)
    if (found.some(({ finding, topics }) => finding.resource === object && topics.includes(topic)))
      agreed.add(`${topic}\n${object}`);
    else differences.push({ only: "Istio", input, object, about: topic, text });
  for (const { finding, topics } of found)
    if (!claimed.some(({ object, topic }) => object === finding.resource && topics.includes(topic)))
      differences.push({ only: "ours", input, object: finding.resource, about: finding.rule, text: finding.message });
  return { agreed: [...agreed].map((key) => key.split("\n")[0] ?? ""), differences };
}

/** What the rules that claim a code find, however severe it is. */
function findingsIn(input: Input): readonly Finding[] {
  const { resources, errors } = fromYaml(textOf(input), input.title);
  if (errors.length > 0) throw new Error(errors.join("\n"));
  const claiming = rules.filter(({ id }) => claims.has(id));
  const { findings, unjudged } = evaluate(new Inventory(resources), claiming, noSettings);
  if (unjudged.length > 0) throw new Error(`Nothing is unknown in ${input.title}: ${JSON.stringify(unjudged[0])}`);
  return findings;
}
