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
import { schemasFile, schemasIn } from "./crds";

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
const texts = readdirSync(folder)
  .filter((file) => file.startsWith("gateway.networking.k8s.io_"))
  .map((file) => readFileSync(join(folder, file), "utf8"));
// Most versions of a kind have the same schema: it is written once, and the others name it.
const first = new Map<string, string>();
const schemas = schemasIn(texts, compact).map(([key, schema]) => {
  const text = JSON.stringify(schema);
  const twin = first.get(text);
  if (twin === undefined) first.set(text, key);
  return [key, twin ?? schema] as const;
});
const head = {
  gatewayApi: version,
  source: `https://github.com/kubernetes-sigs/gateway-api/tree/${version}/config/crd/experimental`,
};
writeFileSync(join(__dirname, "..", "policies", "schemas", "gateway-api.json"), schemasFile(head, schemas));
console.log(`${schemas.length} schemas`);
