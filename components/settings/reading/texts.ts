import type { Problem } from "../errors";
import { decode, type StackConfig } from "./decode";
import { keyOf } from "./problems";

/** A text somewhere in a stack file. */
interface Text {
  readonly text: string;
  readonly path: readonly PropertyKey[];
}

/** Every text at or below a place. Names of keys aren't among them. */
export function textsIn(value: unknown, path: readonly PropertyKey[]): Text[] {
  if (typeof value === "string") return [{ text: value, path }];
  if (Array.isArray(value)) return value.flatMap((child, index) => textsIn(child, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => textsIn(child, [...path, key]));
}

/**
 * Every text with a NUL in it. Where programs are started, NUL ends a text: no container starts with it in its
 * environment or its arguments. Envoy takes none in a header, and no name has one.
 */
export function textsWithNul({ values, project }: StackConfig): Problem[] {
  return Object.entries(values)
    .filter(([section]) => section.startsWith(`${project}:`))
    .flatMap(([section, text]) =>
      textsIn(decode(text), [])
        .filter(({ text: each }) => each.includes("\0"))
        .map(({ text: each, path }) => ({
          key: keyOf(section, path),
          value: each,
          rule: "has a NUL in it, which ends a text for the programs that read it",
          fix: "Remove the character \\0. Binary data belongs into a Secret.",
        })),
    );
}
