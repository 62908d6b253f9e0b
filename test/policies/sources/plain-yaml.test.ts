import assert from "node:assert/strict";
import fc from "fast-check";
import type { Path } from "../../../policies/engine/value";
import { parsedContents, parsedPlaces, placesIn } from "../../../policies/sources/kubernetes-yaml";
import { notPlain, plainContent, plainPlaces } from "../../../policies/sources/plain-yaml";

const manifest = `---
# A manifest as most are.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web # not the name
  labels: {app: web, tier: 'a b'}
spec:
  replicas: 0x10
  list:
  - a: -1.5
    b: yes

  -  c:
       d: http://example.com:80/?q=#e
     f: [1, two, {g: ""}, []]
  - "quoted: text"
  empty:
  last: {}
`;

/** What makes YAML mean something else. */
const marks = [" ", ":", ": ", "#", " #", "-", "- ", "\n", "\n  ", "\n- ", "'", '"', "{", "}", "[", "]", ",", "|", ">"];
const more = [
  "&a ",
  "*a",
  "!t ",
  "? ",
  "\\",
  "~",
  "on: ",
  "null",
  "\u00a0",
  "\t",
  "%",
  "@",
  "---",
  "...",
  "<<: ",
  "__proto__: ",
];

/** A manifest with some characters taken out and some marks put in. */
const changed = fc
  .array(fc.tuple(fc.nat(manifest.length), fc.nat(3), fc.constantFrom("", ...marks, ...more)), {
    minLength: 1,
    maxLength: 3,
  })
  .map((changes) =>
    changes.reduce((text, [at, length, mark]) => `${text.slice(0, at)}${mark}${text.slice(at + length)}`, manifest),
  );

/** Where a value has values, and one place where it has none. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path, [...path, "nothing"]];
  const isList = Array.isArray(value);
  const below = Object.entries(value).flatMap(([key, own]) => pathsIn(own, [...path, isList ? Number(key) : key]));
  return [path, [...path, isList ? value.length : "nothing"], ...below];
}

describe("plain YAML", () => {
  it("is read without a whole parser", () => {
    assert.deepEqual(plainContent(manifest), {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web", labels: { app: "web", tier: "a b" } },
      spec: {
        replicas: 16,
        list: [
          { a: -1.5, b: true },
          { c: { d: "http://example.com:80/?q=#e" }, f: [1, "two", { g: "" }, []] },
          "quoted: text",
        ],
        empty: null,
        last: {},
      },
    });
  });

  it("is left to a parser where anything else is in it", () => {
    for (const text of [
      "",
      "a",
      "- a\n",
      "a: |\n  b\n",
      "a: &b c\n",
      "a: b\n c\n",
      "a:\tb\n",
      "a: b: c\n",
      "a:\n b: c\n  d: e\n",
    ])
      assert.equal(plainContent(text), notPlain, text);
  });

  it("says what the parser says of it", () => {
    fc.assert(
      fc.property(changed, (text) => {
        const plain = plainContent(text);
        if (plain === notPlain) return;
        assert.deepEqual([plain], parsedContents(text));
        const [own, parsed] = [plainPlaces(text)!, parsedPlaces(text)];
        for (const path of pathsIn(plain)) assert.equal(own(path), parsed(0, path), path.join("."));
      }),
      { numRuns: 2000 },
    );
  });

  it("begins at its first key, where the parser begins, too", () => {
    const found = (text: string) => placesIn(text)(0, []);
    for (const [text, line] of [
      ["kind: A\n", 1],
      ["---\n# a: b\n\n  # c\nkind: A\n", 5],
      ["%YAML 1.1\n---\nkind: A\n", 3],
      ["--- &a\nkind: A\n", 2],
      ["{\nkind: A}\n", 1],
    ] as const)
      assert.equal(found(text), line, text);
    fc.assert(
      fc.property(changed, (text) => {
        let parsed: ReturnType<typeof parsedPlaces>;
        try {
          if (parsedContents(text).length !== 1) return;
          parsed = parsedPlaces(text);
        } catch {
          return;
        }
        assert.equal(found(text), parsed(0, []), text);
      }),
      { numRuns: 2000 },
    );
  });
});
