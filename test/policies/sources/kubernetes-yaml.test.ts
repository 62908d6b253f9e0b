import assert from "node:assert/strict";
import { contentsOf, placesIn } from "../../../policies/sources/kubernetes-yaml";

/** Texts, and what sigs.k8s.io/yaml 1.6.0 makes of them. */
const read: Readonly<Record<string, readonly [text: string, content: unknown]>> = {
  "yes and no": [
    'a: yes\nb: No\nc: on\nd: OFF\ne: y\nf: N\ng: yES\nh: "yes"\n',
    { a: true, b: false, c: true, d: false, e: true, f: false, g: "yES", h: "yes" },
  ],
  nothing: ["a:\nb: ~\nc: null\nd: Null\ne: nULL\nf: ''\n", { a: null, b: null, c: null, d: null, e: "nULL", f: "" }],
  numbers: [
    "a: 0777\nb: 0o17\nc: 0x1F\nd: 0b101\ne: 1_000\nf: 08\ng: +5\nh: -0x10\ni: 1e3\nj: .5\nk: 1.\nl: -0\nm: 1e400\nn: 12345678901234567890123\n",
    {
      a: 511,
      b: 15,
      c: 31,
      d: 5,
      e: 1000,
      f: 8,
      false: 1.2345678901234568e22,
      g: 5,
      h: -16,
      i: 1000,
      j: 0.5,
      k: 1,
      l: 0,
      m: "1e400",
    },
  ],
  keys: [
    '1: a\ntrue: b\n1.5: c\nyes: d\n"1.0": e\n0x10: f\n',
    { "1": "a", "1.0": "e", "1.5": "c", "16": "f", true: "d" },
  ],
  "two equal keys": ["a: 1\nb: 2\na: 3\n", { a: 3, b: 2 }],
  merges: [
    'x: &x {a: 1, b: 2}\ny: {a: 0, <<: *x, b: 3}\nz:\n  <<: [{a: 4}, {a: 5, c: 6}]\nq: {"<<": 1}\n',
    { q: { "<<": 1 }, true: { a: 1, b: 3 }, x: { a: 1, b: 2 }, z: { a: 4, c: 6 } },
  ],
  tags: [
    'a: !!str 5\nb: !!int "5"\nc: !!float 5\nd: !thing 5\ne: !!binary aGk=\nf: ! 5\ng: !!map {a: 1}\n',
    { a: "5", b: 5, c: 5, d: "5", e: "hi", f: "5", g: { a: 1 } },
  ],
  "an anchor that is set anew": ["a: &x 1\nb: *x\nc: &x 2\nd: *x\n", { a: 1, b: 1, c: 2, d: 2 }],
  "a quoted text that goes on at its key's indentation": [
    "a:\n  b: 'first\n  second'\n  c: \"x\ny \\\n  z\"\n  d: 1\n",
    { a: { b: "first second", c: "x y z", d: 1 } },
  ],
  "brackets that end at the line's beginning": [
    "a:\n  b: {\n  c: 1,\nd: [\n2\n]\n}\n  e: 3\n",
    { a: { b: { c: 1, d: [2] }, e: 3 } },
  ],
  tabs: ["a: {\n\tb: 1\n}\nc:\t2\n", { a: { b: 1 }, c: 2 }],
  "block texts": [
    "a: |\n  x\n   y\n\nb: >-\n  x\n  y\n\n  z\nc: |+\n  x\n\nd: |2\n   x\n",
    { a: "x\n y\n", b: "x y\nz", c: "x\n\n", d: " x\n" },
  ],
  "lists at their key's indentation": [
    "a:\n- b\n-   - c\n    - d\n- e: 1\n  f: 2\n",
    { a: ["b", ["c", "d"], { e: 1, f: 2 }] },
  ],
  "colon at the end within brackets": ["a: [b:]\n", { a: ["b:"] }],
  "a plain text over lines": ["a: b\n c\n\n d\ne: f\n", { a: "b c\nd", e: "f" }],
  "question mark": ["? a\n: b\n", { a: "b" }],
  "timestamp tag": ["a: !!timestamp 2001-01-02\n", { a: "2001-01-02" }],
  "comment in text": ["a: b#c\nd: e #f\n", { a: "b#c", d: "e" }],
  "texts that look like numbers": [
    "a: 12:30\nb: 1.2.3\nc: 2001-01-02\nd: 10m\ne: 0xg\nf: '5'\ng: 1e\nh: ._5\n",
    { a: "12:30", b: "1.2.3", c: "2001-01-02", d: "10m", e: "0xg", f: "5", g: "1e", h: "._5" },
  ],
};

/** Texts that it refuses. */
const refused: Readonly<Record<string, string>> = {
  "an alias without its anchor": "a: *x\n",
  "an alias within its anchor": "a: &x [*x]\n",
  "a key that is a map": "a: {{ b }}\n",
  "a key that is nothing": "~: a\n",
  "a merge of no map": "<<: 1\n",
  "what JSON can't say": "a: .inf\n",
  "a text that its tag doesn't fit": "a: !!int x\n",
  "a tab in front of a key": "a:\n\tb: 1\n",
  "two keys on a line": "a: b: c\n",
  open: "a: [\n",
};

describe("YAML as Kubernetes reads it", () => {
  for (const [title, [text, content]] of Object.entries(read))
    it(`has ${title}`, () => assert.deepEqual(contentsOf(text), [content]));

  for (const [title, text] of Object.entries(refused))
    it(`has no place for ${title}`, () => assert.throws(() => contentsOf(text)));

  it("holds a key like an object's own as any other", () => {
    const [content] = contentsOf("__proto__: {a: 1}\ntoString: b\n");
    assert.deepEqual(Object.entries(content as object), [
      ["__proto__", { a: 1 }],
      ["toString", "b"],
    ]);
  });

  it("has places for its values, through lists, repeated keys and lines that were moved", () => {
    const text =
      "a: first\nb:\n- c: 1\n- d:\n    'text\n    over lines'\n  e: \"more\ntext\"\n  f: 2\na: again\n---\ng: 3\n";
    const line = placesIn(text);
    assert.deepEqual(
      [["b", 0, "c"], ["b", 1, "d"], ["b", 1, "f"], ["b", 1, "nowhere"], ["b", 7], ["a"]].map((path) => line(0, path)),
      [3, 4, 9, 4, 2, 10],
    );
    assert.equal(line(1, ["g"]), 12);
  });
});
