import assert from "node:assert/strict";
import { istioSources, render } from "../charts/charts";
import { refused } from "../../../policies/rules/istio/configuration/refused";
import { warned } from "../../../policies/rules/istio/configuration/warned";
import { analyze, analyzeOffline, refusals, takings, type Message } from "./analyze";
import { claimedCodes, claimingRules, compare, refusedBy, type Comparison, type Difference } from "./compare";
import type { Explanation } from "./explanations/explanation";
import { onlyIstio } from "./explanations/only-istio";
import { onlyOurs } from "./explanations/only-ours";
import { generated } from "./generated";
import { handMade } from "./hand-made";
import type { Input } from "./input";
import { mutated } from "./mutated";
import { ownCases } from "./own-cases";
import { warnable } from "./warnable";
import { ownWarnings, ownWarningOf } from "./warnings";

/** The rule and Istio say the same of different objects. */
const neverAgreed = ["IST-JWKS-ADDRESS", "IST0175"];

/** Istio loses the warning on its way. */
const neverWarned = ["abort"];

describe("Istio's analyzers and the rules that claim their codes", () => {
  let inputs: readonly Input[];
  let comparisons: readonly Comparison[];
  let differences: readonly Difference[];
  /** Of what istiod takes, what its warnings differ in. */
  let warnings: readonly Comparison[];

  before(async () => {
    const sources = istioSources();
    const istiod = await render(sources, { name: "istiod", chart: "istiod", namespace: "istio-system", values: {} });
    inputs = [...handMade(sources), ...generated(200, istiod)];
    const messages = await analyze(inputs);
    comparisons = inputs.map((input, index) => compare(input, messages[index] ?? []));
    const odd = oddOnes();
    const taken = await takings(odd);
    warnings = odd.flatMap((input, index) => {
      const own = taken[index];
      return own ? [compare(input, own)] : [];
    });
    differences = [
      ...comparisons.flatMap((comparison) => comparison.differences),
      ...warnings.flatMap((comparison) => comparison.differences.filter(isWarning)),
    ];
  });

  it("say the same of each object, but for what is explained", () => {
    assert.ok(inputs.length > 250, `${inputs.length}`);
    assert.deepEqual(differences.filter((difference) => !explanationOf(difference)).map(told), []);
  });

  it("need every explanation", () => {
    const needed = new Set(differences.map(explanationOf));
    assert.deepEqual(
      [...onlyIstio, ...onlyOurs].filter((explanation) => !needed.has(explanation)),
      [],
    );
  });

  it("agree on each code, and with each rule, somewhere", () => {
    const agreed = new Set(comparisons.flatMap((one) => one.agreed.flatMap(({ code, rule }) => [code, rule])));
    assert.deepEqual([...claimingRules, ...claimedCodes].filter((one) => !agreed.has(one)).sort(), neverAgreed);
  });

  it("refuse each case that breaks IST-REFUSED, and none that keeps it", async () => {
    const [broken, kept] = [ownCases(refused, "breaks"), ownCases(refused, "keeps")];
    const isRefused = await refusals([...broken, ...kept]);
    assert.deepEqual(titles([...broken, ...kept].filter((_, index) => isRefused[index])), titles(broken));
  });

  it("refuse what the rules refuse of objects with one odd value each", async () => {
    const bases = ownCases(refused, "keeps").flatMap(({ objects }) => objects);
    const inputs = mutated(bases, 1000).filter(({ objects }) => !crashes(objects));
    const isRefused = await refusals(inputs);
    const unsaid = inputs.filter((input, index) => isRefused[index] && refusedBy(input).length === 0);
    const untrue = inputs.filter((input, index) => !isRefused[index] && refusedBy(input).includes("IST-REFUSED"));
    assert.ok(isRefused.filter(Boolean).length > 300, `${isRefused.filter(Boolean).length}`);
    assert.deepEqual([titles(unsaid.filter((input) => !isUnsaid(input))), titles(untrue)], [[], []]);
  });

  it("warn of what IST-WARNED warns of, of as many objects as there are", () => {
    const agreed = new Set(
      warnings.flatMap((one) =>
        one.agreed.flatMap(({ rule, text }) => (rule === warned.id ? [ownWarningOf(text)] : [])),
      ),
    );
    assert.deepEqual(
      [...new Set(ownWarnings)].filter((name) => !agreed.has(name)),
      neverWarned,
    );
    assert.ok(warnings.length > 1000, `${warnings.length}`);
    assert.ok(warnings.filter((one) => one.agreed.some(({ rule }) => rule === warned.id)).length > 500);
  });

  it("are those of istioctl analyze, which says the same of what it sees in files", async () => {
    const some = handMade(istioSources()).filter((_, index) => index % 4 === 0);
    const { istioctl, analyzers } = await analyzeOffline(some);
    assert.deepEqual(istioctl.map(briefly), analyzers.map(briefly));
    assert.ok(istioctl.flat().length > 50);
  });
});

/** The cases of IST-WARNED, the same with one odd value each, and others made of odd parts. */
function oddOnes(): readonly Input[] {
  const own = [...ownCases(warned, "breaks"), ...ownCases(warned, "keeps")];
  const bases = own.flatMap(({ objects }) => objects);
  return [...own, ...mutated(bases, 1000), ...warnable(1000)].filter(({ objects }) => !crashes(objects));
}

function isWarning({ only, about }: Difference): boolean {
  return only === "Istio" ? about.startsWith("IST0133") : about === warned.id;
}

/** Istio's own analyzer ends on a source without anything in it. */
function crashes(objects: readonly object[]): boolean {
  return JSON.stringify(objects).includes('"from":[{}]');
}

/** What no rule looks into: an expression is for a parser of CEL to read. */
function isUnsaid({ title }: Input): boolean {
  return title.startsWith("Telemetry with accessLogging.0.filter.expression ");
}

function titles(inputs: readonly Input[]): readonly string[] {
  return inputs.map(({ title }) => title);
}

function explanationOf(difference: Difference): Explanation | undefined {
  const explanations = difference.only === "Istio" ? onlyIstio : onlyOurs;
  return explanations.find(({ about, when }) => about === difference.about && (when?.(difference) ?? true));
}

/** Without the texts: the analyzers go through some maps in any order, and name one rival or another. */
function briefly(messages: readonly Message[]): readonly string[] {
  return messages.map(({ code, object }) => `${code} ${object}`).sort();
}

function told({ only, input, about, object, text }: Difference): string {
  return `only ${only}, in ${input.title}: ${about} ${object}: ${text}`;
}
