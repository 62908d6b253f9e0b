import { evaluate, type Finding } from "../../../policies/engine/evaluate";
import { Inventory } from "../../../policies/engine/inventory";
import { rules } from "../../../policies/rules";
import { noSettings } from "../../../policies/engine/settings";
import { fromYaml, unreadableText } from "../../../policies/sources/yaml";
import type { Message } from "./analyze";
import { textOf, type Input } from "./input";
import { ownWarningOf, warningOf } from "./warnings";

/** What only one of the two says about an object. */
export interface Difference {
  readonly only: "Istio" | "ours";
  readonly input: Input;
  readonly object: string;
  /** A topic, if only Istio says it; a rule's id, if only ours does. */
  readonly about: string;
  readonly text: string;
  /** Where in the object it stands, if ours says it. */
  readonly path?: string;
  /** What the other one says about the object: rules' ids, or topics. */
  readonly beside: readonly string[];
}

/** A rule that finds what Istio has a code for. */
export interface Agreement {
  readonly code: string;
  readonly rule: string;
  /** What the rule says. */
  readonly text: string;
}

export interface Comparison {
  /** What both say of the same object. */
  readonly agreed: readonly Agreement[];
  readonly differences: readonly Difference[];
}

/** This project's rules with the codes of Istio's analyzers that they claim. */
const claims: ReadonlyMap<string, readonly string[]> = new Map(
  rules
    .map(({ id, codes }) => [id, codes.filter((code) => code.startsWith("IST"))] as const)
    .filter(([, own]) => own[0]),
);

export const claimingRules: readonly string[] = [...claims.keys()];
export const claimedCodes: ReadonlySet<string> = new Set([...claims.values()].flat());

/** Codes that say several things, each with a name for what a message says. */
const subjects: Readonly<Record<string, (message: string) => string | undefined>> = {
  IST0101: (message) => /^Referenced (.*) not found: /.exec(message)?.[1],
  IST0106: (message) => refusals.find(([, pattern]) => pattern.test(message))?.[0],
  IST0133: warningOf,
};

/** What Istio refuses an object for; what no pattern fits is left to the schema. */
const refusals: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["weights", /: total destination weight = 0$/],
  ["TLS", /: \w+ TLS requires |: server \w+ have TLS settings /],
  ["subsets", /: duplicate subset names/],
  ["ports", /cannot have port level mTLS$/],
  ["rules", /action without `rules`/],
  ["claims", /: JWT claim based routing /],
];

/** Of what such a code says, what a rule finds. */
const found: Readonly<Record<string, (finding: Finding) => readonly string[]>> = {
  "IST-AUTHZ-EMPTY": () => ["IST0106 rules"],
  "IST-AUTHZ-NAMESPACE": () => ["IST0101 namespace"],
  "IST-DEPRECATED": () => ["IST0002", "IST0133 deprecated"],
  "IST-DESTINATION-ONCE": ({ message }) => (message.includes(" is defined twice") ? ["IST0106 subsets"] : []),
  "IST-ENTRY-ADDRESS": () => ["IST0134", "IST0133 TCP addresses"],
  "IST-EXPORT-TO": ({ path }) => destination(path),
  "IST-GATEWAY-SECRET": () => ["IST0101 credentialName", "IST0161"],
  "IST-GATEWAY-SELECTOR": () => ["IST0101 selector"],
  "IST-GATEWAY-TLS": ({ message }) => [tlsTopic(message)],
  "IST-MTLS-PORTS": () => ["IST0106 ports"],
  "IST-POLICY-SELECTOR": () => ["IST0101 selector", "IST0127"],
  "IST-ROUTE-DESTINATION": ({ path }) => destination(path),
  "IST-ROUTE-GATEWAY": ({ message }) => [message.startsWith("no Gateway ") ? "IST0101 gateway" : "IST0165"],
  "IST-ROUTE-JWT": ({ message }) => [message.endsWith(": Istio refuses it.") ? "IST0106 claims" : "IST0149"],
  "IST-ROUTE-PORT": ({ message }) => [message.includes(" names none: ") ? "IST0112" : "IST0101 host:port"],
  "IST-ROUTE-WEIGHT": ({ message }) => (message.includes(" are all 0: ") ? ["IST0106 weights"] : []),
  "IST-WARNED": ({ message }) => [`IST0133 ${ownWarningOf(message) ?? message}`],
};

function tlsTopic(message: string): string {
  if (message.startsWith("httpsRedirect ")) return "IST0133 redirect";
  return message.includes(" ignores ") ? "IST0133 certificates" : "IST0106 TLS";
}

function destination(path: string): readonly string[] {
  const isMirror = path.includes("mirror");
  if (path.endsWith("subset")) return [`IST0101 ${isMirror ? "mirror" : "host"}+subset in destinationrule`];
  return [isMirror ? "IST0101 mirror host" : "IST0101 host"];
}

/** What a message is about: its code, and what it says if the code says several things. */
function topicOf({ code, message }: Message): string {
  const subject = subjects[code]?.(message);
  return subject === undefined ? code : `${code} ${subject}`;
}

function topicsOf(finding: Finding): readonly string[] {
  return found[finding.rule]?.(finding) ?? claims.get(finding.rule) ?? [];
}

/** Holds what Istio says about an input against what the rules find that claim the same code. */
export function compare(input: Input, messages: readonly Message[]): Comparison {
  const claimed = messages
    .filter(({ code }) => claimedCodes.has(code))
    .map((message) => ({ ...message, topic: topicOf(message) }));
  const ours = findingsIn(input).map((finding) => ({ finding, topics: topicsOf(finding) }));
  const agreed: Agreement[] = [];
  const differences: Difference[] = [];
  for (const { code, object, topic, message: text } of claimed) {
    const here = ours.filter(({ finding }) => finding.resource === object);
    const same = here.filter(({ topics }) => topics.includes(topic));
    agreed.push(...same.map(({ finding: { rule, message: own } }) => ({ code, rule, text: own })));
    const beside = here.map(({ finding }) => finding.rule);
    if (same.length === 0) differences.push({ only: "Istio", input, object, about: topic, text, beside });
  }
  for (const { finding, topics } of ours) {
    const { resource: object, rule: about, message: text, path } = finding;
    const beside = claimed.filter((one) => one.object === object).map(({ topic }) => topic);
    if (!beside.some((topic) => topics.includes(topic)))
      differences.push({ only: "ours", input, object, about, text, path, beside });
  }
  return { agreed, differences };
}

/** The rules that say of an input what Istio refuses objects for. */
export function refusedBy(input: Input): readonly string[] {
  return findingsIn(input)
    .map(({ rule }) => rule)
    .filter((rule) => claims.get(rule)?.includes("IST0106"));
}

/** What the rules that claim a code find, however severe it is. */
function findingsIn(input: Input): readonly Finding[] {
  const { resources, errors } = fromYaml(textOf(input), input.title);
  if (errors.length > 0) throw new Error(errors.map(unreadableText).join("\n"));
  const claiming = rules.filter(({ id }) => claims.has(id));
  const { findings, unjudged } = evaluate(new Inventory(resources), claiming, noSettings);
  if (unjudged.length > 0) throw new Error(`Nothing is unknown in ${input.title}: ${JSON.stringify(unjudged[0])}`);
  return findings;
}
