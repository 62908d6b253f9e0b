import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { evaluate, findingText } from "../../policies/engine/evaluate";
import { Inventory } from "../../policies/engine/inventory";
import { rules } from "../../policies/rules";
import { noSettings } from "../../policies/engine/settings";
import { allCases } from "./cases";
import { fileOf } from "./describe-rules";
import { sample, today } from "./stack";

/** Where rules stand, by how their ids begin: what runs on AWS, any object of Kubernetes, what Istio makes of its own, the
 * Gateway API. */
const homes: Readonly<Record<string, string>> = {
  "rules/aws": "AWS",
  "rules/edge": "AWS",
  "rules/kubernetes": "K8S",
  "rules/istio": "IST",
  "rules/gateway-api": "GWAPI",
};

describe("the rules", () => {
  it("stand where their subject is, in a file named like their id", () => {
    for (const rule of rules) {
      const [family] = rule.id.split("-");
      const home = Object.keys(homes).find((start) => `rules/${fileOf(rule) ?? ""}`.startsWith(start));
      assert.equal(homes[home ?? ""], family, rule.id);
    }
  });

  it("are tested where they stand: each folder of them has its tests", () => {
    const folders = new Set(rules.map((rule) => dirname(fileOf(rule) ?? "")));
    const tested = readdirSync(join(__dirname, "rules"), { recursive: true, encoding: "utf8" })
      .filter((name) => basename(name) === "rules.test.ts")
      .map((name) => dirname(name));
    assert.deepEqual(tested.sort(), [...folders].sort());
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
      assert.match(id, /^(AWS|K8S|IST|GWAPI)(-[A-Z0-9]+)+$/);
      assert.match(why, /^[A-Z].*\.$/, id);
      assert.match(fix, /^[A-Z].*\.$/, id);
      assert.doesNotMatch(title, /^[A-Z][a-z]|\.$/, id);
    }
  });
});
