/**
 * Writes `policies/schemas/istio-tables.json`: what policies know of Istio beside its CRDs. That is its annotations, the
 * fields and enums of its mesh configuration, and the values of its charts that have no schema.
 *
 * Run it again when `istioVersion` moves to another minor; a test says so.
 *
 * Usage: node --import tsx scripts/istio-tables.ts API CHARTS
 *   API     the Go module istio.io/api, e.g. ~/go/pkg/mod/istio.io/api@v1.31.1
 *   CHARTS  `manifests/charts` of istio/istio
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
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

/** A type of a field: `string`, `[]string` for a list, `{}string` for a map, or the name of a message or an enum. */
type FieldType = string;

/** Messages with their fields by JSON name, and enums with their values, as far as some messages need them. */
interface Protobuf {
  readonly messages: Readonly<Record<string, Readonly<Record<string, FieldType>>>>;
  readonly enums: Readonly<Record<string, readonly string[]>>;
}

/** What the messages of these names hold, in Go that protoc-gen-go wrote. */
function protobuf(source: string, names: readonly string[]): Protobuf {
  const structs = new Map(
    [...source.matchAll(/^type (\w+) struct \{\n([^]*?)\n\}/gm)].map(([, name = "", body = ""]) => [name, body]),
  );
  // Each alternative of a `oneof` has a struct of its own.
  const alternatives = [...source.matchAll(/^func \(\*(\w+)\) (is\w+)\(\) \{\s*\}/gm)];
  const bodyOf = (name: string): string => {
    const body = structs.get(name) ?? "";
    const choices = alternatives.filter(([, , choice = ""]) => new RegExp(`\\s${choice}\\s`).test(body));
    return [body, ...choices.map(([, struct = ""]) => structs.get(struct) ?? "")].join("\n");
  };
  const valuesOf = (name: string): string[] => {
    const [, body = ""] = new RegExp(`\\b${name}_name = map\\[int32\\]string\\{([^]*?)\\n\\t\\}`).exec(source) ?? [];
    return [...body.matchAll(/"(\w+)"/g)].map(([, value = ""]) => value);
  };
  const messages: Record<string, Record<string, FieldType>> = {};
  const enums: Record<string, string[]> = {};
  const add = (name: string): void => {
    if (name in messages || name in enums) return;
    const values = valuesOf(name);
    if (values.length > 0) {
      enums[name] = values;
      return;
    }
    const fields = (messages[name] = {} as Record<string, FieldType>);
    const pattern = /^\s*\w+\s+(\S+)\s+`protobuf:"[^"]*?name=(\w+)(?:,json=(\w+))?/gm;
    const found = [...bodyOf(name).matchAll(pattern)].map(
      ([, type = "", own = "", json]) => [json ?? own, type] as const,
    );
    for (const [key, type] of found.sort(([one], [other]) => (one < other ? -1 : 1))) {
      const [, many = "", bare = ""] = /^(\[\]|map\[string\])?\*?(.+)$/.exec(type) ?? [];
      const isOwn = /^[A-Z]\w*$/.test(bare);
      if (isOwn) add(bare);
      fields[key] =
        `${many === "[]" ? "[]" : many === "" ? "" : "{}"}${isOwn ? bare : (basic[bare.replace(/^(?:wrappers|duration)(?:pb)?\./, "")] ?? "anything")}`;
    }
  };
  names.forEach(add);
  return { messages, enums };
}

/** Go's types, and those of protobuf's own messages. */
const basic: Readonly<Record<string, FieldType>> = {
  bool: "boolean",
  BoolValue: "boolean",
  string: "string",
  StringValue: "string",
  int32: "integer",
  int64: "integer",
  uint32: "integer",
  uint64: "integer",
  Int32Value: "integer",
  Int64Value: "integer",
  UInt32Value: "integer",
  float64: "number",
  float32: "number",
  Duration: "duration",
};

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
const mesh = ["config", "proxy", "network"].map((file) => text(join(api, "mesh", "v1alpha1", `${file}.pb.go`)));
const tables = {
  istio: istioVersion.split(".").slice(0, 2).join("."),
  api: basename(api),
  source:
    "https://github.com/istio/api (annotation, mesh/v1alpha1) and https://github.com/istio/istio/tree/master/manifests/charts",
  annotations: annotations(text(join(api, "annotation", "annotations.gen.go"))),
  ...protobuf(mesh.join("\n"), ["MeshConfig", "ProxyConfig"]),
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
