import type { Problem } from "../errors";
import { sections } from "../schema";
import type { StackConfig } from "./decode";
import { namesOf, packages } from "./names";

/** What this project was called before somebody renamed it. No package of Pulumi's has this name. */
const firstName = "eks-istio";

/** A stack file must have them, so that they tell whose keys these are. */
const telling = ["domain", "cluster", "apps"];

/** Keys that a stack file has for this program, but under the name of another project. */
export interface Orphans {
  /** The other project's name. */
  readonly prefix: string;
  readonly problem: Problem;
  /** Whether the file has no key under the project's own name, so that these are all that it says. */
  readonly areAll: boolean;
}

/**
 * Finds the keys that a renamed project leaves behind: the name in Pulumi.yaml is the beginning of each of its keys.
 *
 * @returns undefined if there are none
 */
export function orphans({ project, values }: StackConfig): Orphans | undefined {
  const names = namesOf(values);
  // Where Pulumi.yaml has a default, every stack has the key.
  const own = (names.get(project) ?? []).filter((name) => values[`${project}:${name}`] !== "{}");
  for (const [prefix, theirs] of names) {
    if (prefix === project || packages.has(prefix) || !theirs.every((name) => Object.hasOwn(sections, name))) continue;
    const isOurs = prefix === firstName || (own.length === 0 && theirs.some((name) => telling.includes(name)));
    if (isOurs) return { prefix, problem: problemOf(project, prefix, theirs), areAll: own.length === 0 };
  }
  return undefined;
}

function problemOf(project: string, prefix: string, names: readonly string[]): Problem {
  const others = names.length - 1;
  const count = others === 0 ? "" : `, as ${others === 1 ? "1 other key has" : `${others} other keys have`}`;
  return {
    key: `${prefix}:${names[0] ?? ""}`,
    value: prefix,
    rule: `begins with "${prefix}:"${count}, and nobody reads it: the project's name in Pulumi.yaml is ${project}, so that its keys begin with "${project}:"`,
    fix: `Write "${project}:" for each "${prefix}:" in the stack file, or "name: ${prefix}" in Pulumi.yaml.`,
  };
}
