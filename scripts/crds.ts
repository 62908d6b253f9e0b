import { parseAllDocuments } from "yaml";

interface Crd {
  readonly kind: string;
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema: { readonly openAPIV3Schema: unknown };
    }[];
  };
}

/** The schemas of CustomResourceDefinitions by `apiVersion/kind`, e.g. `networking.istio.io/v1/VirtualService`, sorted. */
export function schemasIn(
  texts: readonly string[],
  compact: (schema: unknown) => unknown,
): readonly (readonly [string, unknown])[] {
  return texts
    .flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as Crd | null))
    .filter((document): document is Crd => document?.kind === "CustomResourceDefinition")
    .flatMap(({ spec: { group, names, versions } }) =>
      versions
        .filter(({ served }) => served)
        .map(({ name, schema }) => [`${group}/${name}/${names.kind}`, compact(schema.openAPIV3Schema)] as const),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** JSON with a kind on each line, so that another version gives a diff by kind. */
export function schemasFile(
  head: Readonly<Record<string, string>>,
  schemas: Iterable<readonly [string, unknown]>,
): string {
  const kinds = [...schemas].map(([key, schema]) => `    ${JSON.stringify(key)}: ${JSON.stringify(schema)}`);
  const fields = Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`);
  return ["{", ...fields, '  "schemas": {', kinds.join(",\n"), "  }", "}", ""].join("\n");
}
