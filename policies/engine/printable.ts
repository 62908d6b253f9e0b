/**
 * A text that is safe to print on one line. Names and values come from files that anybody may have written: an escape
 * sequence clears a terminal, a line break forges another line of a log, a bidirectional mark turns a name around.
 * Characters of control or format, line and paragraph separators, and halves of characters are written as `\u{1b}`.
 *
 * @see https://www.unicode.org/reports/tr44/#General_Category_Values for the categories Cc, Cf, Cs, Zl and Zp
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16)}}`;
  });
}
