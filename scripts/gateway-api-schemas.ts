/**
 * Writes `policies/schemas/gateway-api.json`: the schemas of the Gateway API's CRDs, which policies hold its objects against.
 * Those of the experimental channel have all fields of the standard one.
 *
 * Run it again when Istio moves to another version of the Gateway API (`sigs.k8s.io/gateway-api` in its `go.mod`).
 *
 * Usage: node --import tsx scripts/gateway-api-schemas.ts CRDS VERSION
 *   CRDS     the folder `config/crd/experimental` of the Go module sigs.k8s.io/gateway-api
 *   VERSION  of that module, e.g. v1.6.0
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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

/** Keywords that policies read; the others are for people, or for the API server alone. */
const kept = new Set([
  "additionalProperties",
  "enum",
  "items",
  "maxItems",
  "maxLength",
  "maximum",
  "minItems",
  "minLength",
  "minimum",
  "pattern",
  "properties",
  "required",
  "type",
  "x-kubernetes-int-or-string",
  "x-kubernetes-preserve-unknown-fields",
]);

function compact(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(compact);
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]) => {
      if (!kept.has(key)) return [];
      return [[key, key === "properties" ? fields(value as object) : compact(value)]];
    }),
  );
}

/** The status is what controllers write. */
function fields(schemas: object): object {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, name === "status" ? {} : compact(schema)]),
  );
}

const [folder, version] = process.argv.slice(2);
if (!folder || !version) {
  console.error("Usage: node --import tsx scripts/gateway-api-schemas.ts CRDS VERSION");
  process.exit(1);
}
const crds = readdirSync(folder)
  .filter((file) => file.startsWith("gateway.networking.k8s.io_"))
  .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), "utf8")).map((one) => one.toJS() as Crd | null))
  .filter((one): one is Crd => one?.kind === "CustomResourceDefinition");
const schemas = crds.flatMap(({ spec: { group, names, versions } }) =>
  versions
    .filter(({ served }) => served)
    .map(
      ({ name, schema }) =>
        [`${group}/${name}/${names.kind}`, JSON.stringify(compact(schema.openAPIV3Schema))] as const,
    ),
);
// Most versions of a kind have the same schema: it is written once, and the others name it.
const first = new Map<string, string>();
const lines = schemas
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([key, schema]) => {
    const twin = first.get(schema);
    if (twin === undefined) first.set(schema, key);
    return `    ${JSON.stringify(key)}: ${twin === undefined ? schema : JSON.stringify(twin)}`;
  });
const head = {
  gatewayApi: version,
  source: `https://github.com/kubernetes-sigs/gateway-api/tree/${version}/config/crd/experimental`,
};
const text = [
  "{",
  ...Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`),
  `  "schemas": {\n${lines.join(",\n")}\n  }`,
  "}",
  "",
].join("\n");
writeFileSync(join(__dirname, "..", "policies", "schemas", "gateway-api.json"), text);
console.log(`${schemas.length} schemas of ${crds.length} CRDs`);
