import { concealed } from "./credentials";
import { printable } from "./printable";

/** A text as it may be shown on one line, whoever wrote what it quotes: without credentials, and safe to print. */
export function shown(text: string): string {
  return printable(concealed(text));
}
