import assert from "node:assert/strict";
import { documentsOf, Lines } from "../../../policies/sources/documents";

describe("documents of a YAML text", () => {
  const texts = (text: string) => documentsOf(text).map((document) => document.text);

  it("begin at each line that is a marker, with or without something behind it", () => {
    assert.deepEqual(texts("a\n---\nb\n--- # c\nc\n---\td\n---\r\ne\n---"), [
      "a\n",
      "---\nb\n",
      "--- # c\nc\n",
      "---\td\n",
      "---\r\ne\n",
      "---",
    ]);
  });

  it("go on over a marker that stands within a line, or is longer", () => {
    for (const text of ["a: ---\nb: |\n  ---\n  c\n", "a\n----\nb\n---c\n", "a: '\n ---\n'\n"])
      assert.deepEqual(texts(text), [text]);
  });

  it("keep their directives, and lose a byte order mark", () => {
    assert.deepEqual(texts("\uFEFF# first\n%YAML 1.1\n---\na\n---\nb"), ["# first\n%YAML 1.1\n---\na\n", "---\nb"]);
    assert.deepEqual(texts("%a\nb\n---\nc"), ["%a\nb\n", "---\nc"]);
  });

  it("stand where they say", () => {
    const text = "\uFEFFa\n---\nb\n---\nc";
    const lines = new Lines(text);
    assert.deepEqual(
      documentsOf(text).map(({ start, text: own }) => [text.slice(start, start + own.length) === own, lines.at(start)]),
      [
        [true, 1],
        [true, 2],
        [true, 4],
      ],
    );
  });
});
