import type * as z from "zod";
import { sections, type SectionName } from "../schema";
import { valueAt } from "./problems";
import { standInAt } from "./schemas";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** What is left of a section without its refused values. */
interface Salvaged {
  readonly data: unknown;
  /** Where something was removed or guessed: a later check of such a place would be about a value that nobody wrote. */
  readonly gaps: readonly Path[];
}

/**
 * Makes a refused section fit to be checked further: a mistake in one key must not hide the mistakes in others.
 *
 * Unknown keys and refused values are removed. A number where a string belongs is taken for one without its quotes; an
 * entry of a list, or one of a few values that is required, has an example stand in for it.
 *
 * @returns undefined if the section can't be mended, e.g. because a required name is missing
 */
function salvage(schema: z.ZodType, raw: unknown, issues: readonly Issue[]): Salvaged | undefined {
  const rest = structuredClone(raw);
  const gaps: Path[] = [];
  let left = issues;
  // The second round mends what the first brought to light: a key that is required, or a number that was no string.
  for (let round = 0; round < 2; round++) {
    for (const issue of left) gaps.push(...mend(schema, rest, issue, round === 0));
    const result = schema.safeParse(rest);
    if (result.success) return { data: result.data, gaps };
    left = result.error.issues;
  }
  return undefined;
}

/** What of a section can still be checked: all but the refused keys, or, of the applications, all but those that can't be mended. */
export function salvageSection(name: SectionName, raw: unknown, issues: readonly Issue[]): Salvaged | undefined {
  const whole = salvage(sections[name], raw, issues);
  if (whole || name !== "apps" || typeof raw !== "object" || raw === null) return whole;
  const kept = Object.entries(raw).flatMap(([app, value]): [string, Salvaged][] => {
    const one = { [app]: value as unknown };
    const result = sections.apps.safeParse(one);
    const salvaged = result.success
      ? { data: result.data, gaps: [] }
      : salvage(sections.apps, one, result.error.issues);
    return salvaged ? [[app, salvaged]] : [];
  });
  return { data: Object.assign({}, ...kept.map(([, { data }]) => data)), gaps: kept.flatMap(([, { gaps }]) => gaps) };
}

function mend(schema: z.ZodType, root: unknown, issue: Issue, first: boolean): Path[] {
  if (issue.code === "unrecognized_keys") {
    const unknown = issue.keys.map((key) => [...issue.path, key]);
    for (const path of unknown) set(root, path, undefined);
    return unknown;
  }
  const { path } = issue;
  const value = valueAt(root, path);
  const quotesMissing =
    first &&
    typeof value === "number" &&
    ((issue.code === "invalid_type" && issue.expected === "string") ||
      (issue.code === "invalid_value" && issue.values.includes(String(value))));
  if (quotesMissing) {
    // What was meant is known, so this is no gap.
    set(root, path, String(value));
    return [];
  }
  const standIn = standInAt(schema, path);
  if (typeof path.at(-1) === "number") {
    // Taking one entry out of a list would renumber the others, so that their problems would name the wrong ones.
    return [
      standIn === undefined
        ? set(
            root,
            path.slice(
              0,
              path.findIndex((part) => typeof part === "number"),
            ),
            undefined,
          )
        : set(root, path, standIn),
    ];
  }
  return [set(root, path, issue.code === "invalid_value" ? standIn : undefined)];
}

/** Sets a place, or removes it, if there is a way to it. */
function set(root: unknown, path: Path, value: unknown): Path {
  const parent = valueAt(root, path.slice(0, -1));
  const last = path.at(-1);
  if (last === undefined || typeof parent !== "object" || parent === null) return path;
  const map = parent as Record<PropertyKey, unknown>;
  if (value === undefined) delete map[last];
  else map[last] = value;
  return path;
}

/** Whether a path is another's beginning, or the same. */
export function contains(outer: Path, inner: Path): boolean {
  return outer.length <= inner.length && outer.every((part, index) => part === inner[index]);
}
