/**
 * Writes `policies/schemas/istio-tables.json`: what policies know of Istio beside its CRDs. That is its annotations, the
 * fields of its mesh configuration, and the values of its charts that have no schema.
 *
 * Run it again when `istioVersion` moves to another minor; a test says so.
 *
 * Usage: node --import tsx scripts/istio-tables.ts API CHARTS
 *   API     the Go module istio.io/api, e.g. ~/go/pkg/mod/istio.io/api@v1.31.1
 *   CHARTS  `manifests/charts` of istio/istio
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { istioVersion } from "../components/versions";

interface Annotation {
  /** Kinds that it may stand on; `Any` for all. */
  readonly on: readonly string[];
  readonly alpha?: true;
  readonly deprecated?: true;
}

/** Keys below keys; what has none takes anything. */
interface Keys {
  readonly [key: string]: Keys;
}

const [api, charts] = process.argv.slice(2);
if (!api || !charts) {
  console.error("Usage: node --import tsx scripts/istio-tables.ts API CHARTS");
  process.exit(1);
}

function annotations(source: string): Record<string, Annotation> {
  const pattern =
    /Name:\s+"([^"]+)",\s*Description:[^]*?FeatureStatus: (\w+),[^]*?Deprecated:\s+(\w+),\s*Resources: \[\]ResourceTypes\{([^}]*)\}/g;
  return Object.fromEntries(
    [...source.matchAll(pattern)].map(([, name = "", status, deprecated, resources = ""]) => [
      name,
      {
        on: resources.match(/\w+/g) ?? [],
        ...(status === "Alpha" && { alpha: true }),
        ...(deprecated === "true" && { deprecated: true }),
      },
    ]),
  );
}

/** The JSON names of a protobuf message's fields, those of its `oneof`s among them. */
function fields(source: string, message: string): string[] {
  const structs = [...source.matchAll(new RegExp(`type ${message}(?:_[A-Za-z0-9]+)? struct \\{\\n([^]*?)\\n\\}`, "g"))];
  // Of the others with such a name, those that aren't messages themselves hold one field of a `oneof`.
  const isOwn = (body: string, index: number) => index === 0 || !body.includes("MessageState");
  return structs
    .flatMap(([, body = ""], index) => (isOwn(body, index) ? [body] : []))
    .flatMap((body) => [...body.matchAll(/protobuf:"[^"]*name=(\w+)(?:,json=(\w+))?/g)])
    .map(([, name = "", json]) => json ?? name)
    .sort();
}

/** A chart's values, and the keys that only its templates mention. */
function values(folder: string, chart: string): Keys {
  const read = (path: string) => readFileSync(join(folder, chart, path), "utf8");
  const { _internal_defaults_do_not_set: defaults } = parse(read("values.yaml")) as Record<string, unknown>;
  const files = ["templates", "files"].flatMap((part) =>
    readdirSync(join(folder, chart, part)).map((file) => read(join(part, file))),
  );
  const tree = keysOf(defaults) as Record<string, Keys>;
  for (const [, path = ""] of files.join("\n").matchAll(/\.Values\.([A-Za-z][\w.]*)/g)) add(tree, path.split("."));
  // Profiles and charts that use others' templates bring these.
  for (const path of ["global.profile", "profile", "platform", "compatibilityVersion"]) add(tree, path.split("."));
  // Templates ask for these, and no value of the user's reaches them there.
  delete tree.defaults;
  delete tree.pilot;
  return tree;
}

function keysOf(value: unknown): Keys {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, keysOf(inner)]));
}

/** A key that takes anything goes on taking anything. */
function add(tree: Record<string, Keys>, [key = "", ...rest]: readonly string[], isOpen = false): void {
  if (isOpen || key === "") return;
  const known = tree[key];
  tree[key] ??= {};
  add(tree[key], rest, known === undefined || Object.keys(known).length === 0);
}

/** What the chart itself warns of: old keys with what to write instead. */
function deprecated(notes: string): Record<string, string> {
  const [, table = ""] = /\$deps := dict\n([^]*?)\n-?\}\}/.exec(notes) ?? [];
  return Object.fromEntries([...table.matchAll(/"([\w.]+)"\s+"([^"]+)"/g)].map(([, old = "", now = ""]) => [old, now]));
}

const text = (path: string) => readFileSync(path, "utf8");
const discovery = join("istio-control", "istio-discovery");
const mesh = (file: string) => text(join(api, "mesh", "v1alpha1", `${file}.pb.go`));
const tables = {
  istio: istioVersion.split(".").slice(0, 2).join("."),
  source:
    "https://github.com/istio/api (annotation, mesh/v1alpha1) and https://github.com/istio/istio/tree/master/manifests/charts",
  annotations: annotations(text(join(api, "annotation", "annotations.gen.go"))),
  meshConfig: fields(mesh("config"), "MeshConfig"),
  proxyConfig: fields(mesh("proxy"), "ProxyConfig"),
  values: { istiod: values(charts, discovery), base: values(charts, "base"), cni: values(charts, "istio-cni") },
  deprecated: deprecated(text(join(charts, discovery, "templates", "NOTES.txt"))),
};
const sections = Object.entries(tables).map(([key, value]) => {
  if (typeof value === "string" || Array.isArray(value)) return `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`;
  const lines = Object.entries(value).map(([name, inner]) => `    ${JSON.stringify(name)}: ${JSON.stringify(inner)}`);
  return `  ${JSON.stringify(key)}: {\n${lines.join(",\n")}\n  }`;
});
writeFileSync(join(__dirname, "..", "policies", "schemas", "istio-tables.json"), `{\n${sections.join(",\n")}\n}\n`);
console.log(`${Object.keys(tables.annotations).length} annotations`);
