import assert from "node:assert/strict";
import { evaluate, findingText, unjudgedText } from "../../../policies/engine/evaluate";
import { Inventory } from "../../../policies/engine/inventory";
import { printable } from "../../../policies/engine/printable";
import type { Rule } from "../../../policies/engine/rule";
import { noSettings } from "../../../policies/engine/settings";

describe("printable text", () => {
  it("keeps letters of every script, marks and spaces", () => {
    const text = "Käse チーズ 奶酪 e\u0301 🧀 | \\ ' \"";
    assert.equal(printable(text), text);
  });

  for (const [what, text, shown] of [
    ["an escape sequence", "\x1b[2J", "\\u{1b}[2J"],
    ["a title of the terminal's window", "\x1b]0;x\x07", "\\u{1b}]0;x\\u{7}"],
    ["the same in one character", "\x9b2J", "\\u{9b}2J"],
    ["a deletion", "a\x7f", "a\\u{7f}"],
    ["a line break", "a\n::error::b", "a\\u{a}::error::b"],
    ["Unicode's own line break", "a\u2028b\u2029c", "a\\u{2028}b\\u{2029}c"],
    ["a change of direction", "a\u202eb", "a\\u{202e}b"],
    ["a character that isn't seen", "a\u200bb\u{e0041}", "a\\u{200b}b\\u{e0041}"],
    ["half of a character", "a\ud800b", "a\\u{d800}b"],
  ] as const)
    it(`shows ${what} instead of doing it`, () => assert.equal(printable(text), shown));

  it("is all that a finding has of a name, a value or a file", () => {
    const rule: Rule = {
      id: "IST-TEST",
      severity: "mandatory",
      title: "",
      why: "",
      fix: "",
      codes: [],
      judge: (inventory, check) =>
        check.each(inventory.ofType("kubernetes:core/v1:Pod"), (pod) => {
          const name = pod.get("metadata", "name").text() ?? "";
          check.violation(pod.get("metadata", "labels", name), { message: `${name} is odd.`, fix: `Rename ${name}.` });
          check.undecided(pod, `${name} is odd`);
        }),
    };
    const name = "a\n::error::\x1b[2J";
    const pod = {
      source: "yaml" as const,
      type: "kubernetes:core/v1:Pod",
      name,
      properties: { apiVersion: "v1", kind: "Pod", metadata: { name, labels: { [name]: "x" } } },
      dependencies: [],
      locate: () => `${name}.yaml:1`,
    };
    const { findings, unjudged } = evaluate(new Inventory([pod]), [rule], noSettings);
    const texts = [...findings.flatMap((one) => [findingText(one), one.path]), ...unjudged.map(unjudgedText)];
    const shown = "a\\u{a}::error::\\u{1b}[2J";
    assert.deepEqual(texts, [
      `IST-TEST  ${shown}.yaml:1  Pod default/${shown}: ${shown} is odd. Rename ${shown}.`,
      String.raw`metadata.labels["a\n::error::\u001b[2J"]`,
      `IST-TEST  Pod default/${shown} could not be judged because ${shown} is odd.`,
    ]);
  });
});
