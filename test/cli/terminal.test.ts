import assert from "node:assert/strict";
import { fitted, printableLines, progress } from "../../cli/terminal";

describe("what a command prints", () => {
  const text =
    "Findings\n  mandatory: one two three four five six seven eight nine\n  https://example.com/a/name/without/a/blank/that/is/long\n";

  it("is broken between words to a terminal's width, and indented", () => {
    assert.equal(
      fitted(text, { isTTY: true, columns: 40 }),
      "Findings\n  mandatory: one two three four five\n    six seven eight nine\n  https://example.com/a/name/without/a/blank/that/is/long\n",
    );
  });

  it("keeps colours on each line", () => {
    assert.equal(
      fitted(`\u001b[31m${"word ".repeat(9)}\u001b[39m`, { isTTY: true, columns: 42 }),
      `\u001b[31m${"word ".repeat(8).trim()}\u001b[39m\n  \u001b[31mword\u001b[39m`,
    );
  });

  it("stays as it is in a file, in a pipe and on a terminal without a width", () => {
    for (const output of [{}, { columns: 40 }, { isTTY: true }, { isTTY: true, columns: 10 }])
      assert.equal(fitted(text, output), text);
  });
});

describe("a text of several lines", () => {
  it("keeps its lines, and shows what would act on a terminal", () => {
    assert.equal(printableLines("a\n\u001b[2J\nb\r"), "a\n\\u{1b}[2J\nb\\u{d}");
  });
});

describe("progress", () => {
  function told(isTTY: boolean, ...steps: readonly number[]): string[] {
    const lines: string[] = [];
    const times = [0, ...steps];
    const write = (line: unknown) => lines.push(String(line)) > 0;
    const step = progress("Planning", { isTTY, write }, () => times.shift() ?? 0);
    for (const _ of steps) step();
    return lines;
  }

  it("is told once, after two seconds, on a terminal only", () => {
    assert.deepEqual(told(true, 100, 1999), []);
    assert.deepEqual(told(true, 100, 2000, 3000, 9000), ["Planning …\n"]);
    assert.deepEqual(told(false, 100, 2000, 3000), []);
  });
});
