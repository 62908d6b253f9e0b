import * as z from "zod";

/** A schema of a stack file, or of a part of it. */
export type Schema = z.core.$ZodType;

type Path = readonly PropertyKey[];

/** What a schema of ours says of itself beside its type. */
interface Meta {
  readonly examples?: readonly unknown[];
  /** Values that were allowed once, and what took their place. */
  readonly renamed?: ReadonlyMap<string, string>;
}

export function metaOf(schema: Schema | undefined): Meta | undefined {
  if (!schema) return undefined;
  const meta = z.globalRegistry.get(schema) as Meta | undefined;
  return meta?.examples ? meta : metaOf(inner(schema));
}

export function exampleOf(schema: Schema | undefined, lead = ""): string {
  const example = metaOf(schema)?.examples?.[0];
  return example === undefined ? "" : `${lead}${JSON.stringify(example)}`;
}

/** The schema inside a wrapper (optional, default, prefault), or undefined. */
function inner(schema: Schema): Schema | undefined {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable
  )
    return schema.unwrap();
  return undefined;
}

export function bare(schema: Schema): Schema {
  const next = inner(schema);
  return next ? bare(next) : schema;
}

/** The schema that a path leads to, wrappers included. */
export function schemaAt(schema: Schema, path: Path): Schema | undefined {
  const [part, ...rest] = path;
  if (part === undefined) return inner(schema) && !exampleOf(schema) ? bare(schema) : schema;
  const at = bare(schema);
  if (at instanceof z.ZodObject) {
    const child = Object.hasOwn(at.shape, part) ? (at.shape as Record<PropertyKey, Schema>)[part] : undefined;
    return child && schemaAt(child, rest);
  }
  if (at instanceof z.ZodRecord) return schemaAt(at.valueType, rest);
  if (at instanceof z.ZodArray) return schemaAt(at.element, rest);
  if (at instanceof z.ZodUnion)
    return at.options.map((option) => schemaAt(option, path)).find((found) => found !== undefined);
  return undefined;
}

/** A value that could stand at a path of a schema: its example, for a string or one of a few values. */
export function standInAt(schema: Schema, path: Path): unknown {
  const at = schemaAt(schema, path);
  const leaf = at && bare(at);
  return leaf instanceof z.ZodString || leaf instanceof z.ZodEnum ? metaOf(at)?.examples?.[0] : undefined;
}

export function keysOf(schema: Schema | undefined): readonly string[] {
  const at = schema && bare(schema);
  if (at instanceof z.ZodObject) return Object.keys(at.shape);
  if (at instanceof z.ZodRecord && at.keyType instanceof z.ZodEnum) return at.keyType.options.map(String);
  return at instanceof z.ZodUnion
    ? (at.options.map((option) => keysOf(option)).find((keys) => keys.length > 0) ?? [])
    : [];
}
