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

  constructor(
    readonly problems: readonly Problem[],
    readonly file: string,
  ) {
    super(render(problems, file));
  }
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
