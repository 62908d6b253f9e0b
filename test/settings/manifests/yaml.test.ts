import assert from "node:assert/strict";
import { documentsIn } from "../../../components/settings/manifests/yaml";
import { contentsOf } from "../../../policies/sources/kubernetes-yaml";

const contents = (text: string) => documentsIn(text).documents.map(({ content }) => content);

describe("a manifest's YAML is read as Kubernetes reads it:", () => {
  const traps: Readonly<Record<string, unknown>> = {
    on: true,
    Off: false,
    y: true,
    N: false,
    "0777": 511,
    "0o17": 15,
    "-0o17": -15,
    "1_000": 1000,
    "0x1F": 31,
    "0b11": 3,
    "08": 8,
    "12:30": "12:30",
    "190:20:30.5": "190:20:30.5",
    "2001-12-14": "2001-12-14",
    "1e3": 1000,
    "1.10": 1.1,
    "~": null,
    "'on'": "on",
    '"0777"': "0777",
    "!!str 1": "1",
  };
  for (const [written, value] of Object.entries(traps)) {
    it(written, () => assert.deepEqual(contents(`a: ${written}`), [{ a: value }]));

    it(`${written}, as policies read it`, () =>
      assert.deepEqual(contents(`a: ${written}`), contentsOf(`a: ${written}`)));
  }

  it("keys are texts", () => {
    assert.deepEqual(contents("on: 1\n8080: 2"), [{ true: 1, 8080: 2 }]);
  });

  it("a merged map's keys stand behind those beside it", () => {
    assert.deepEqual(contents("a: &a {x: 1, y: 2}\nb: {<<: *a, x: 3}"), [
      { a: { x: 1, true: 2 }, b: { x: 3, true: 2 } },
    ]);
  });

  it("documents that hold nothing are passed over", () => {
    assert.deepEqual(contents("# nothing\n---\na: 1\n---\n---\nb: 2\n"), [{ a: 1 }, { b: 2 }]);
  });

  it("JSON is YAML", () => assert.deepEqual(contents('{"a": [1, "on"]}'), [{ a: [1, "on"] }]));

  it("a place is found by its line", () => {
    const [, second] = documentsIn("a: 1\n---\nitems:\n  - x: 1\n  - x: 2\n").documents;
    assert.deepEqual([second?.lineOf([]), second?.lineOf(["items", 1])], [3, 5]);
  });
});

describe("a manifest's YAML is refused", () => {
  const mistakes: readonly (readonly [what: string, text: string, line: number, rule: RegExp])[] = [
    ["that breaks off", "a: 1\nb: [1, 2\n", 3, /^a text that is no YAML: /],
    ["with a key twice", "a:\n  b: 1\n  c: 2\n  b: 3\n", 4, /^the key b a second time: line 2 has it first$/],
    ["with an anchor that isn't there", "a: *b\n", 1, /^aliases that can't be followed: |no YAML/],
    ["with an alias inside of itself", "a: &a {b: *a}\n", 1, /^an alias inside of what it stands for/],
    ["that repeats itself too often", bomb(), 1, /^aliases that can't be followed: Excessive alias count/],
    ["that is nested too deeply", "[".repeat(20_000), 1, /nested too deeply/],
    ["that is nested too deeply for the parser itself", `${"? ".repeat(20_000)}\n`, 1, /nested too deeply/],
    ["deeper than whoever reads it gets down to", `a: ${"[".repeat(600)}${"]".repeat(600)}\n`, 1, /nested too deeply/],
    ["that merges what is no map", "a: {<<: b}\n", 1, /^the key << with something else than a map/],
    ["with a number that would change", "a: 12345678901234567890\n", 1, /^the number 12345678901234567890, which JSON/],
    ["with a number that is none", "a: .inf\n", 1, /^the number [.]inf, which JSON/],
    ["with a tag that is no manifest's", "a: 1\nb: !!binary aGk=\n", 2, /^the tag tag:yaml.org,2002:binary, which/],
    ["with a tag of one's own", "a: 1\nb: !secret x\n", 2, /Unresolved tag: !secret/],
  ];
  for (const [what, text, line, rule] of mistakes)
    it(what, () => {
      const found = documentsIn(text);
      assert.deepEqual(found.documents, []);
      assert.deepEqual(
        found.mistakes.map((mistake) => mistake.line),
        [line],
      );
      assert.match(found.mistakes[0]?.rule ?? "", rule);
    });

  it("alone: the documents beside it are read", () => {
    const { documents, mistakes } = documentsIn("a: 1\n---\nb: 1\nb: 2\n---\nc: 1\n");
    assert.deepEqual([documents.map(({ content }) => content), mistakes.length], [[{ a: 1 }, { c: 1 }], 1]);
  });
});

function bomb(): string {
  const levels = Array.from({ length: 9 }, (_, level) =>
    level === 0
      ? "a0: &a0 [x]"
      : `a${level}: &a${level} [${Array(9)
          .fill(`*a${level - 1}`)
          .join(", ")}]`,
  );
  return levels.join("\n");
}
