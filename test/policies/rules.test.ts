import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { evaluate, findingText } from "../../policies/engine/evaluate";
import { Inventory } from "../../policies/engine/inventory";
import { rules } from "../../policies/rules";
import { noSettings } from "../../policies/engine/settings";
import { pathText } from "../../policies/engine/value";
import { allCases } from "./cases";
import { sample, StackDraft, today, type Sample } from "./stack";
import { homeOf, judgedBy, readsOf, settingsFor, troubleOf } from "./unknowns";

async function draft(stack: Sample): Promise<StackDraft> {
  return new StackDraft(await sample(stack));
}

/** Where rules stand, by how their ids begin: what runs on AWS, any object of Kubernetes, what Istio makes of its own. */
const homes: Readonly<Record<string, string>> = {
  "rules/aws": "AWS",
  "rules/edge": "AWS",
  "rules/kubernetes": "K8S",
  "rules/istio": "IST",
};

describe("the rules", () => {
  it("stand where their subject is, in a file named like their id", () => {
    const folder = join(__dirname, "..", "..", "policies");
    const files = readdirSync(join(folder, "rules"), { recursive: true, encoding: "utf8" });
    for (const { id } of rules) {
      const [family = "", ...rest] = id.toLowerCase().split("-");
      const file = files.find((name) => basename(name) === `${rest.join("-")}.ts`);
      const home = Object.keys(homes).find((start) => `rules/${file ?? ""}`.startsWith(start));
      assert.equal(homes[home ?? ""], family.toUpperCase(), id);
    }
  });

  for (const stack of ["dev", "prod"] as const)
    it(`find Pulumi.${stack}.yaml in order`, async () => {
      const inventory = new Inventory(await sample(stack), { production: stack === "prod", today });
      const { findings, unjudged } = evaluate(inventory, rules, noSettings);
      assert.deepEqual(findings.map(findingText), []);
      assert.deepEqual(
        unjudged.filter(({ defect }) => defect),
        [],
      );
    });

  it("have an id each, a sentence of why and one of what to do, and cases", () => {
    assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
    assert.deepEqual(allCases.map(({ rule }) => rule.id).sort(), rules.map(({ id }) => id).sort());
    for (const { id, why, fix, title } of rules) {
      assert.match(id, /^(AWS|K8S|IST)(-[A-Z0-9]+)+$/);
      assert.match(why, /^[A-Z].*\.$/, id);
      assert.match(fix, /^[A-Z].*\.$/, id);
      assert.doesNotMatch(title, /^[A-Z][a-z]|\.$/, id);
    }
  });
});

for (const { rule, breaks, keeps } of allCases)
  describe(rule.id, function () {
    this.timeout(60_000);

    for (const [name, { change, finds, severity, sample: stack = homeOf(rule), silent = [] }] of Object.entries(
      breaks,
    )) {
      it(`finds ${name}`, async () => {
        const broken = await draft(stack);
        change(broken);
        const inventory = new Inventory(broken.resources, { production: stack === "prod", today });
        const { findings, unjudged } = evaluate(inventory, [rule], settingsFor(rule));
        assert.deepEqual(
          findings.map((finding) => findingText(finding).replace(`${rule.id}  `, "")),
          finds,
        );
        assert.deepEqual(
          unjudged.filter(({ defect }) => defect),
          [],
        );
        if (severity) assert.deepEqual([...new Set(findings.map((finding) => finding.severity))], [severity]);
        for (const { message, fix } of findings) {
          assert.match(message, /\.$/);
          assert.match(fix, /^[A-Z][\s\S]*[.?]$/);
        }
      });

      it(`loses nothing silently to an unknown where it finds ${name}`, async () => {
        const broken = await draft(stack);
        change(broken);
        const before = judgedBy(rule, broken.resources);
        const reads = readsOf(rule, broken.resources);
        assert.ok(reads.length > 0);
        assert.deepEqual(
          reads
            .filter(({ path }) => !silent.includes(pathText(path)))
            .flatMap((read) => troubleOf(rule, before, broken.resources, read)),
          [],
        );
      });
    }

    for (const [name, change] of Object.entries(keeps))
      it(`accepts ${name}`, async () => {
        const kept = await draft(homeOf(rule));
        change(kept);
        const { findings, unjudged } = judgedBy(rule, kept.resources);
        assert.deepEqual(findings.map(findingText), []);
        assert.deepEqual(
          unjudged.filter(({ defect }) => defect),
          [],
        );
      });

    it("has something that breaks it, and a neighbour that doesn't", () => {
      assert.ok(Object.keys(breaks).length > 0);
      assert.ok(Object.keys(keeps).length > 0);
    });
  });
