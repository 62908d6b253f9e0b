/**
 * Writes `policies/schemas/kubernetes.json`: the fields of Kubernetes' own kinds, which policies hold objects against.
 *
 * Its source is the schema that client-go carries for server-side apply: every field and its type, without what is
 * required or allowed in it.
 *
 * Usage: node --import tsx scripts/kubernetes-schemas.ts INTERNAL VERSION
 *   INTERNAL  `applyconfigurations/internal/internal.go` of k8s.io/client-go
 *   VERSION   of client-go, e.g. v0.36.1 for Kubernetes 1.36
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

interface TypeRef {
  readonly namedType?: string;
  readonly scalar?: "boolean" | "numeric" | "string" | "untyped";
  readonly list?: { readonly elementType: TypeRef };
  readonly map?: {
    readonly fields?: readonly { readonly name: string; readonly type: TypeRef }[];
    readonly elementType?: TypeRef;
  };
}

/** API groups by the folder their Go types are in, where the two differ. */
const groups: Readonly<Record<string, string>> = {
  admissionregistration: "admissionregistration.k8s.io",
  certificates: "certificates.k8s.io",
  coordination: "coordination.k8s.io",
  core: "",
  discovery: "discovery.k8s.io",
  events: "events.k8s.io",
  flowcontrol: "flowcontrol.apiserver.k8s.io",
  networking: "networking.k8s.io",
  node: "node.k8s.io",
  rbac: "rbac.authorization.k8s.io",
  resource: "resource.k8s.io",
  scheduling: "scheduling.k8s.io",
  storage: "storage.k8s.io",
};

/** Kinds that people write manifests of. The others are known by name only. */
const checked =
  /^(admissionregistration\.k8s\.io\/v1\/\w+WebhookConfiguration|apps\/v1\/.*|autoscaling\/.*|batch\/v1\/.*|discovery\.k8s\.io\/v1\/.*|networking\.k8s\.io\/v1\/(Ingress|IngressClass|NetworkPolicy)|policy\/v1\/PodDisruptionBudget|rbac\.authorization\.k8s\.io\/v1\/.*|scheduling\.k8s\.io\/v1\/.*|storage\.k8s\.io\/v1\/StorageClass|v1\/(?!ComponentStatus|Event|Node).*)$/;

/** Types that stand for themselves, whatever client-go says. */
const own: Readonly<Record<string, object>> = {
  "io.k8s.apimachinery.pkg.api.resource.Quantity": {
    "x-kubernetes-int-or-string": true,
    pattern: "^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$",
  },
  "io.k8s.apimachinery.pkg.util.intstr.IntOrString": { "x-kubernetes-int-or-string": true },
};

const [path, version] = process.argv.slice(2);
if (!path || !version) {
  console.error("Usage: node --import tsx scripts/kubernetes-schemas.ts INTERNAL VERSION");
  process.exit(1);
}
const source = readFileSync(path, "utf8");
const start = source.indexOf("YAMLObject(`") + "YAMLObject(`".length;
const { types } = parse(source.slice(start, source.lastIndexOf("`)"))) as {
  readonly types: readonly (TypeRef & { readonly name: string })[];
};
const byName = new Map(types.map((type) => [type.name, type]));
const definitions = new Map<string, object>();

function schemaOf(type: TypeRef): object {
  const { namedType, scalar, list, map } = type;
  if (namedType !== undefined) return reference(namedType);
  if (scalar === "untyped") return {};
  if (scalar) return { type: scalar === "numeric" ? "number" : scalar };
  if (list) return { type: "array", items: schemaOf(list.elementType) };
  if (map?.elementType) return { type: "object", additionalProperties: schemaOf(map.elementType) };
  const fields = (map?.fields ?? []).map(({ name, type }) => [name, name === "status" ? {} : schemaOf(type)] as const);
  return { type: "object", properties: Object.fromEntries(fields) };
}

/** A struct has a definition of its own; everything else is written where it is used. */
function reference(name: string): object {
  const type = byName.get(name);
  if (own[name]) return own[name];
  if (!type || name.startsWith("__")) return {};
  if (!type.map?.fields) return schemaOf(type);
  const short = name.replace(/^io\.k8s\.(api|apimachinery\.pkg\.apis)\./, "");
  if (!definitions.has(short)) {
    definitions.set(short, {});
    definitions.set(short, schemaOf(type));
  }
  return { $ref: short };
}

/** `io.k8s.api.apps.v1.Deployment` as `apps/v1/Deployment`; undefined for what is no kind. */
function kindOf({ name, map }: TypeRef & { readonly name: string }): string | undefined {
  const fields = new Set(map?.fields?.map((field) => field.name));
  const [, folder = "", version, kind] = /^io\.k8s\.api\.(\w+)\.(\w+)\.(\w+)$/.exec(name) ?? [];
  if (!version || !["apiVersion", "kind", "metadata"].every((field) => fields.has(field))) return undefined;
  return [groups[folder] ?? folder, version, kind].filter((part) => part !== "").join("/");
}

const kinds = types.flatMap((type) => {
  const kind = kindOf(type);
  return kind === undefined ? [] : [[kind, checked.test(kind) ? reference(type.name) : null] as const];
});
const lines = (entries: Iterable<readonly [string, object | null]>) =>
  [...entries]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, schema]) => `    ${JSON.stringify(name)}: ${JSON.stringify(schema)}`)
    .join(",\n");
const head = {
  kubernetes: version.replace(/^v0\.(\d+)\..*/, "1.$1"),
  source: `https://github.com/kubernetes/client-go/blob/${version}/applyconfigurations/internal/internal.go`,
};
reference("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
const text = [
  "{",
  ...Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`),
  `  "kinds": {\n${lines(kinds)}\n  },`,
  `  "definitions": {\n${lines(definitions)}\n  }`,
  "}",
  "",
].join("\n");
writeFileSync(join(__dirname, "..", "policies", "schemas", "kubernetes.json"), text);
console.log(`${kinds.length} kinds, ${definitions.size} definitions`);
