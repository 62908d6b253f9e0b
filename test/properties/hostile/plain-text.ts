import assert from "node:assert/strict";
import { credentials, keyMark, mark, secretKeys } from "./texts";

/** What moves a cursor, hides or turns around text, or begins a line of its own: Unicode's categories for that, from its names. */
const hostile = /[\p{Control}\p{Format}\p{Surrogate}\p{Line_Separator}\p{Paragraph_Separator}]/u;

/** Fails if a terminal would do something else with a text than show it. Colours are the program's own. */
export function assertPlain(output: string): void {
  for (const line of output.replace(/\u001b\[\d+m/g, "").split("\n")) {
    const found = hostile.exec(line);
    assert.equal(found, null, `a character that isn't to be shown: ${JSON.stringify(line.slice(0, 400))}`);
  }
}

/**
 * Fails if a credential is shown. Where a hand broke it, by a character within, it is one no more.
 *
 * @param inputs what the program read
 * @param own what stands in credentials
 */
export function assertSecret(output: string, inputs: readonly string[], own: readonly string[]): void {
  if (inputs.some(isBroken)) return;
  for (const one of own) {
    const at = output.toUpperCase().indexOf(one);
    assert.equal(at, -1, `a credential is shown: ${JSON.stringify(output.slice(Math.max(0, at - 200), at + 60))}`);
  }
}

const keys = `"?(?:${secretKeys.join("|")}|secure)"?:\\s*`;

const whole = new RegExp(
  [
    ...credentials
      .flatMap((one) => [one, one.trim()])
      .flatMap((one) => [one, JSON.stringify(one).slice(1, -1)])
      .map(escaped),
    // YAML folds and indents what has several lines.
    `-----BEGIN (?:RSA )?PRIVATE KEY-----(?:\\s|\\\\n)*${mark}M+`,
    `${keys}"?(?:v1:)?${keyMark}`,
    `${keys}[-[]\\s*"?${keyMark}"?,?\\s*[-{]?\\s*\\{?\\s*"?value"?:\\s*"?${keyMark}`,
    `${keys}\\{?\\s*${keys}[-[]\\s*"?v1:${keyMark}`,
  ].join("|"),
  "g",
);

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

function isBroken(input: string): boolean {
  const rest = input.replace(whole, "");
  return rest.includes(mark.slice(0, 4)) || rest.includes(keyMark.slice(0, 4));
}
