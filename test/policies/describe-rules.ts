import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { evaluate, findingText } from "../../policies/engine/evaluate";
import { Inventory } from "../../policies/engine/inventory";
import type { Rule } from "../../policies/engine/rule";
import { pathText } from "../../policies/engine/value";
import { allCases } from "./cases";
import { sample, StackDraft, today, type Sample } from "./stack";
import { homeOf, judgedBy, readsOf, settingsFor, troubleOf } from "./unknowns";

const files = readdirSync(join(__dirname, "..", "..", "policies", "rules"), { recursive: true, encoding: "utf8" });

/** Where a rule stands below policies/rules, by its id: `istio/routing/host-once.ts`. Undefined if there is no such file. */
export function fileOf({ id }: Rule): string | undefined {
  const [, ...rest] = id.toLowerCase().split("-");
  return files.find((name) => basename(name) === `${rest.join("-")}.ts`);
}

async function draft(stack: Sample): Promise<StackDraft> {
  return new StackDraft(await sample(stack));
}

/**
 * The tests of the rules whose cases are in a folder. Each folder has a file of its own that calls this, so that mocha
 * can run them side by side.
 */
export function describeRules(folder: string): void {
  const room = relative(join(__dirname, "rules"), folder);
  const here = allCases.filter(({ rule }) => dirname(fileOf(rule) ?? "") === room);
  for (const { rule, breaks, keeps } of here)
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
}
