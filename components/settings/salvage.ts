import type * as z from "zod";
import { valueAt } from "./problems";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/**
 * Removes what a schema refused, so that the rest can be checked in the same go. A mistake in one key must not
 * hide the mistakes in others.
 *
 * @returns a copy of `raw` without the refused keys, and their paths
 */
export function withoutRefused(raw: unknown, issues: readonly Issue[]): { readonly rest: unknown; readonly removed: readonly Path[] } {
  const rest = structuredClone(raw);
  const removed = issues.flatMap(refusedPaths).map(wholeList);
  for (const path of removed) {
    const value = valueAt(raw, path);
    if (typeof value === "number") replace(rest, path, String(value));
    else remove(rest, path);
  }
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

/** A number is most often a string without its quotes, e.g. `version: 1.35`; where it is not, the section stays refused. */
function replace(root: unknown, path: Path, value: string): void {
  const parent = valueAt(root, path.slice(0, -1));
  const last = path.at(-1);
  if (last !== undefined && isMap(parent)) parent[last] = value;
}

function remove(root: unknown, path: Path): void {
  const parent = valueAt(root, path.slice(0, -1));
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
