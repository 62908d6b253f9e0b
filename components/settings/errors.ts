import { concealed, concealedLine, concealedText, hidden } from "./concealed";
import { printable } from "./printable";

/** One mistake in the stack file, worded so that its reader can mend it without opening our code. */
export interface Problem {
  /** The key as it is written in the stack file, e.g. `eks-istio:apps.reviews.versions`. */
  readonly key: string;
  /** What stands there now; `undefined` if the key is missing. */
  readonly value: unknown;
  /** The rule that the value breaks, as the end of the sentence "it …". */
  readonly rule: string;
  /** What to write instead, in the imperative. */
  readonly fix: string;
  /** Where that is in the file; undefined where it isn't known. A key that is missing is where it would stand. */
  readonly place?: Place;
  /** The file that it is in; undefined for the stack file. From the project's folder on. */
  readonly file?: string;
}

/** A place in a text, counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * Every mistake of a stack file in one error. Thrown before the first resource, so that nothing has been created.
 *
 * @example
 * ```
 * Pulumi.dev.yaml has 1 problem. Nothing was created.
 *
 *   Pulumi.dev.yaml:9:25  eks-istio:cluster.publicAccessCidrs[0]
 *     value  "0.0.0.0/0"
 *     rule   opens the Kubernetes API to the whole internet
 *     fix    List the addresses that administrators come from, e.g. "203.0.113.0/24", or leave the key out ...
 * ```
 */
export class SettingsError extends Error {
  override readonly name = "SettingsError";

  /** None of them shows what may be a credential. */
  readonly problems: readonly Problem[];

  constructor(
    problems: readonly Problem[],
    readonly file: string,
  ) {
    const shown = problems.map(withoutCredentials);
    super(render(shown, file));
    this.problems = shown;
  }
}

/** What stands where a key would, for a file that is no YAML: its problem shows a line as it stands. */
export const syntax = "(YAML)";

/** A problem that doesn't show what may be a credential, by its look or by its key. */
function withoutCredentials({ key, value, rule, fix, ...rest }: Problem): Problem {
  const text = key === syntax ? concealedLine : concealedText;
  // Names of a section's own entries say nothing of what is in them.
  const names = key.split(/[.:[\]"]+/).filter((name) => !/^\d*$/.test(name));
  const name = names.at(-1) ?? "";
  // What is wrong may be the name itself.
  const isLine = key === syntax || value === name;
  const shown = isLine && typeof value === "string" ? text(value) : concealed(value, ...names.slice(3), name);
  // A fix may write a number again, in quotes.
  const again = (words: string) =>
    typeof value === "number" && shown !== value ? words.replaceAll(String(value), hidden) : words;
  return { key: concealedText(key) || '""', value: shown, rule: again(text(rule)), fix: again(text(fix)), ...rest };
}

function render(problems: readonly Problem[], file: string): string {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const files = [...new Set(problems.map(({ file: own = file }) => own))];
  const whole =
    files.length > 2
      ? `${files.length} files have`
      : files.length === 2
        ? `${files.join(" and ")} have`
        : `${files[0] ?? file} has`;
  const blocks = problems.map(({ key, value, rule, fix, place, file: own = file }) =>
    [
      `  ${place ? `${own}:${place.line}:${place.column}  ` : own === file ? "" : `${own}  `}${key}`,
      `    value  ${show(value)}`,
      `    rule   ${rule}`,
      `    fix    ${fix}`,
    ]
      .map(printable)
      .join("\n"),
  );
  return [printable(`${whole} ${count}. Nothing was created.`), ...blocks].join("\n\n");
}

/** A value as the reader wrote it, cut to one line. */
function show(value: unknown): string {
  if (value === undefined) return "(not set)";
  const text = typeof value === "number" ? String(value) : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
