import type { Place, Problem } from "../errors";

/** A place in the file as a problem has it, and the line itself. */
export type At = (offset: number) => { readonly key: string; readonly value: string; readonly place: Place };

/** An error as the parser tells it. */
interface SyntaxFault {
  readonly code: string;
  readonly message: string;
  /** Where it begins and ends. */
  readonly pos: readonly [number, number];
}

/** What to do about a file that goes too deep. */
export const deep = "Write it with fewer maps and lists inside one another: no setting needs more than twenty.";

/** The problem with a file that is no YAML. What follows the first error is most often its consequence. */
export function syntaxProblem(errors: readonly SyntaxFault[], text: string, at: At): Problem {
  const [first, ...others] = errors;
  if (!first) throw new Error("There is no error to tell.");
  if (first.message.startsWith("Maximum call stack size"))
    return { ...at(first.pos[0]), rule: "is nested too deeply to be read", fix: deep };
  const lines = text.split("\n");
  const rule = `is not YAML: ${first.message.split("\n")[0] ?? ""}`;
  // The parser takes a line that is indented too far for more of the text before it.
  const far = [first, ...others].find(({ code, pos }) => code === "MULTILINE_IMPLICIT_KEY" && pos[1] > pos[0]);
  const [begin, end] = far ? [at(far.pos[0]).place.line, at(far.pos[1] - 1).place.line] : [0, 0];
  const lineOf = (number: number) => lines[number - 1] ?? "";

  if (first.code === "TAB_AS_INDENT")
    return { ...at(first.pos[0]), rule, fix: "Indent with spaces: YAML takes no tabs there." };
  if (first.code === "BAD_INDENT" && first.message.startsWith("All ")) {
    const { line } = at(first.pos[0]).place;
    return { ...at(first.pos[0] + indentOf(lineOf(line))), rule, fix: indenting(lines, line) };
  }
  if (far && end > begin) {
    const unspaced = /^\s*(?:- )?([\w.-]+(?::[A-Za-z][\w-]*)?):(\S+)\s*$/.exec(lineOf(begin));
    if (unspaced)
      return {
        ...at(first.pos[0]),
        rule,
        fix: `Put a space behind the colon: "${unspaced[1] ?? ""}: ${unspaced[2] ?? ""}".`,
      };
    const start = far.pos[1] - 1 - (at(far.pos[1] - 1).place.column - 1);
    return { ...at(start + indentOf(lineOf(end))), rule, fix: indenting(lines, end) };
  }
  if (first.code === "BLOCK_AS_IMPLICIT_KEY")
    return { ...at(first.pos[0]), rule, fix: "Put a text that has a colon and a space in it in quotes." };
  if (first.code === "BAD_SCALAR_START") return { ...at(first.pos[0]), rule, fix: "Put the text in quotes." };
  return { ...at(first.pos[0]), rule, fix: "Mend the line. An editor with a YAML extension shows where it breaks." };
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** How far a line may be indented: as the keys above it that are still open. */
function indenting(lines: readonly string[], number: number): string {
  const open: { readonly indent: number; readonly key: string }[] = [];
  for (const line of lines.slice(0, number - 1)) {
    const key = /^ *(?:- )?("?[\w./:@-]+"?):(?: |$)/.exec(line)?.[1];
    if (key === undefined) continue;
    const indent = indentOf(line);
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
    open.push({ indent, key });
  }
  const own = indentOf(lines[number - 1] ?? "");
  const near = [...open].reverse().sort((a, b) => Math.abs(a.indent - own) - Math.abs(b.indent - own));
  const ways = near.slice(0, 2).map(({ indent, key }) => `by ${indent} spaces, to stand beside ${key}`);
  return ways.length === 0 ? "Indent it like the keys around it." : `Indent it ${ways.join(", or ")}.`;
}
