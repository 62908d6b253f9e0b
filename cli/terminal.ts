import wrapAnsi from "wrap-ansi";
import { printable } from "../policies/engine/printable";

/** Where a command prints: a terminal has a width, a file or a pipe has none. */
interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Narrower, a line has hardly a word. */
const narrowest = 40;

/** A text as a terminal shows it best: long lines broken between words, and indented below their beginning. */
export function fitted(text: string, { isTTY, columns }: Output): string {
  if (!isTTY || columns === undefined || columns < narrowest) return text;
  return text
    .split("\n")
    .map((line) => {
      const indent = /^ */.exec(line)?.[0] ?? "";
      const below = `${indent}  `;
      return `${indent}${wrapAnsi(line.slice(indent.length), columns - below.length).replaceAll("\n", `\n${below}`)}`;
    })
    .join("\n");
}

/** A text of several lines, each safe to print: what it quotes may be from anybody. */
export function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

/** Milliseconds that nobody wonders about. */
const patience = 2000;

/**
 * Says on a terminal that something takes long: once, at the first step after two seconds. A timer would come too late,
 * as nothing else happens while a plan is made.
 *
 * @returns what to call at each step
 */
export function progress(
  doing: string,
  output: Pick<NodeJS.WriteStream, "isTTY" | "write">,
  now: () => number = Date.now,
): () => void {
  const started = now();
  let isTold = !output.isTTY;
  return () => {
    if (isTold || now() - started < patience) return;
    isTold = true;
    output.write(`${doing} …\n`);
  };
}
