/** A JSON schema, as far as strictness goes. */
export interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly "x-kubernetes-preserve-unknown-fields"?: boolean;
  readonly [keyword: string]: unknown;
}

/**
 * The schema with unknown fields refused wherever fields are listed. The API server only drops them, silently or with
 * a warning that nobody sees.
 *
 * Branches of oneOf, anyOf and not stay as they are: they name only the fields that they are about.
 */
export function strict(schema: Schema): Schema {
  const { properties, items, additionalProperties } = schema;
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, strict(field)])),
    }),
    ...(properties &&
      additionalProperties === undefined &&
      !schema["x-kubernetes-preserve-unknown-fields"] && { additionalProperties: false }),
    ...(items && { items: strict(items) }),
    ...(typeof additionalProperties === "object" && { additionalProperties: strict(additionalProperties) }),
  };
}
