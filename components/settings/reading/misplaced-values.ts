import * as z from "zod";
import { bare, keysOf, metaOf, type Schema } from "./schemas";
import { closest } from "./suggestions";

/** A key of an entry that stands where the entry's name belongs, most often by its indentation. */
export function outdented(path: readonly PropertyKey[], parent: Schema | undefined): string | undefined {
  const entries = parent && bare(parent);
  const name = String(path.at(-1));
  if (!(entries instanceof z.ZodRecord) || !keysOf(entries.valueType).includes(name)) return undefined;
  return `"${name}" is a key of an entry: write it below the entry's name, indented by two more spaces.`;
}

/** A text where a map belongs that has a key for it: `loadBalancer: LEAST_CONN` for `loadBalancer: {simple: LEAST_REQUEST}`. */
export function inBraces(value: unknown, schema: Schema | undefined): string | undefined {
  const map = schema && bare(schema);
  if (typeof value !== "string" || !(map instanceof z.ZodObject)) return undefined;
  const keys = Object.entries<Schema>(map.shape);
  for (const [key, child] of keys) {
    const meant = meantBy(value, child);
    if (meant !== undefined) return `Write {${key}: ${meant}}.`;
  }
  for (const [key, child] of keys) {
    const example = metaOf(child)?.examples?.[0];
    if (bare(child) instanceof z.ZodEnum && typeof example === "string" && /^[A-Z]/.test(example))
      return `Write a map, e.g. {${key}: ${example}}.`;
  }
  return undefined;
}

/** What a text means as one of a few, or as one that keeps to a pattern; undefined if it is neither. */
function meantBy(text: string, schema: Schema): string | undefined {
  const type = bare(schema);
  if (type instanceof z.ZodEnum) return metaOf(schema)?.renamed?.get(text) ?? closest(text, type.options.map(String));
  // A plain word keeps to many patterns, and says nothing.
  const isTelling = /[^A-Za-z-]/.test(text);
  const isPattern =
    type instanceof z.ZodString && type._zod.def.checks?.some((check) => check._zod.def.check === "string_format");
  return isTelling && isPattern && type.safeParse(text).success ? text : undefined;
}
