/**
 * Writes `policies/schemas/istio.json`: the schemas of Istio's CRDs, which policies and tests hold every Istio object against.
 *
 * Run it again when `istioVersion` moves to another minor; a test says so.
 *
 * Usage: node --import tsx scripts/istio-schemas.ts CRDS [REF]
 *   CRDS  `manifests/charts/base/files/crd-all.gen.yaml` of that Istio
 *   REF   the tag or commit it is from, if not the tag of `istioVersion`
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { istioVersion } from "../components/versions";

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

/** What only people read, and what only the API server can evaluate (CEL). */
const dropped = new Set(["description", "x-kubernetes-validations"]);

/** Keywords whose keys are names of fields, not keywords. */
const named = new Set(["properties", "patternProperties", "definitions"]);

function compact(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(compact);
  if (typeof schema !== "object" || schema === null) return schema;
  const kept = Object.entries(schema).filter(([key]) => !dropped.has(key));
  return Object.fromEntries(
    kept.map(([key, value]) => [key, named.has(key) ? compactEach(value as object) : compact(value)]),
  );
}

function compactEach(schemas: object): object {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, compact(schema)]));
}

/** Schemas by `apiVersion/kind`, e.g. `networking.istio.io/v1/VirtualService`. */
function schemasOf(crds: readonly Crd[]): Map<string, unknown> {
  const schemas = new Map<string, unknown>();
  for (const { spec } of crds) {
    for (const { name, served, schema } of spec.versions) {
      if (served) schemas.set(`${spec.group}/${name}/${spec.names.kind}`, compact(schema.openAPIV3Schema));
    }
  }
  return new Map([...schemas].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** JSON with a kind on each line, so that a new Istio gives a diff by kind. */
function lines(schemas: Map<string, unknown>, ref: string): string {
  const head = {
    istio: istioVersion.split(".").slice(0, 2).join("."),
    source: `https://github.com/istio/istio/blob/${ref}/manifests/charts/base/files/crd-all.gen.yaml`,
  };
  const kinds = [...schemas].map(([key, schema]) => `    ${JSON.stringify(key)}: ${JSON.stringify(schema)}`);
  const fields = Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`);
  return ["{", ...fields, '  "schemas": {', kinds.join(",\n"), "  }", "}", ""].join("\n");
}

const [path, ref = istioVersion] = process.argv.slice(2);
if (!path) {
  console.error("Usage: node --import tsx scripts/istio-schemas.ts CRDS [REF]");
  process.exit(1);
}
const documents = parseAllDocuments(readFileSync(path, "utf8")).map((document) => document.toJS() as Crd | null);
const crds = documents.filter((document): document is Crd => document?.kind === "CustomResourceDefinition");
const schemas = schemasOf(crds);
writeFileSync(join(__dirname, "..", "policies", "schemas", "istio.json"), lines(schemas, ref));
console.log(`${schemas.size} schemas of ${crds.length} CRDs`);
