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
import { istioVersion } from "../components/versions";
import { schemasFile, schemasIn } from "./crds";

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

const [path, ref = istioVersion] = process.argv.slice(2);
if (!path) {
  console.error("Usage: node --import tsx scripts/istio-schemas.ts CRDS [REF]");
  process.exit(1);
}
const head = {
  istio: istioVersion.split(".").slice(0, 2).join("."),
  source: `https://github.com/istio/istio/blob/${ref}/manifests/charts/base/files/crd-all.gen.yaml`,
};
const schemas = schemasIn([readFileSync(path, "utf8")], compact);
writeFileSync(join(__dirname, "..", "policies", "schemas", "istio.json"), schemasFile(head, schemas));
console.log(`${schemas.length} schemas`);
