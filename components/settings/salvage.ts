import type * as z from "zod";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/**
 * Removes what a schema refused, so that the rest can be checked in the same go. A mistake in one key must not
 * hide the mistakes in others.
 *
 * @returns a copy of `raw` without the refused keys, and the paths that were removed from it
 */
export function withoutRefused(raw: unknown, issues: readonly Issue[]): { readonly rest: unknown; readonly removed: readonly Path[] } {
  const rest = structuredClone(raw);
  const removed = issues.flatMap(refusedPaths).map(wholeList);
  for (const path of removed) remove(rest, path);
  return { rest, removed };
}

function refusedPaths(issue: Issue): Path[] {
  return issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
}

/** Taking one entry out of a list would renumber the others, so that their problems would name the wrong ones. */
function wholeList(path: Path): Path {
  const list = path.findIndex((part) => typeof part === "number");
  return typeof path.at(-1) === "number" ? path.slice(0, list) : path;
}

function remove(root: unknown, path: Path): void {
  const parent = path.slice(0, -1).reduce<unknown>((value, part) => (isMap(value) && Object.hasOwn(value, part) ? value[part] : undefined), root);
  const last = path.at(-1);
  if (last !== undefined && isMap(parent)) delete parent[last];
}

function isMap(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === "object" && value !== null;
}

/** Whether a path is another's beginning, or the same. */
export function contains(outer: Path, inner: Path): boolean {
  return outer.length <= inner.length && outer.every((part, index) => part === inner[index]);
}
