import { isMap, isSeq, LineCounter, parseAllDocuments, type Document, type Node } from "yaml";
import type { ResourceData } from "../engine/resource";
import type { Path, Properties } from "../engine/value";
import { fromPlan, type PlannedResource } from "./plan";

/** What a text held, and what was wrong with it. */
interface YamlResult {
  readonly resources: readonly ResourceData[];
  /** Each with file and line: `shop.yaml:12: …`. */
  readonly errors: readonly string[];
}

/**
 * Reads Kubernetes objects from YAML or JSON: several documents, and the items of a `List`. What `npm start -- --json`
 * printed is read as the plan that it is. Documents that are no Kubernetes objects, such as a chart's values, are
 * passed over.
 *
 * @param file what to call the text in findings and errors
 */
export function fromYaml(text: string, file: string): YamlResult {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, merge: true });
  if (!Array.isArray(documents)) return { resources: [], errors: [] };
  const at = (offset: number) => `${file}:${lines.linePos(offset).line}`;
  const resources: ResourceData[] = [];
  const errors: string[] = [];
  for (const document of documents) {
    // What follows a document's first error is most often its consequence.
    const [error] = document.errors;
    if (error) errors.push(`${at(error.pos[0])}: ${isTemplate(text) ? template : `is not YAML: ${told(error)}`}`);
    else {
      try {
        resources.push(...resourcesOf(document, at));
      } catch (error) {
        // An alias without its anchor, or too many of them.
        errors.push(
          `${at(document.range[0])}: can't be read: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    }
  }
  return { resources, errors };
}

/** Every tool that renders YAML marks its places like this. */
function isTemplate(text: string): boolean {
  return /\{\{.*\}\}/.test(text);
}

const template = "is a template, and no YAML before somebody renders it: helm template NAME CHART | npm run check -- -";

function told({ message }: Error): string {
  return message.split("\n")[0] ?? "";
}

/** YAML aliases may multiply a small file; no manifest needs many. */
const mostAliases = 1000;

function resourcesOf(document: Document.Parsed, at: (offset: number) => string): ResourceData[] {
  const content: unknown = document.toJS({ maxAliasCount: mostAliases });
  if (isPlan(content)) return fromPlan(content.resources);
  return objectsIn(content, []).map(({ object, path }) =>
    resourceOf(object, (below) => at(offsetOf(document, [...path, ...below]))),
  );
}

/** An object, or those of a list. */
function objectsIn(content: unknown, path: Path): { readonly object: KubernetesProperties; readonly path: Path }[] {
  if (!isObject(content)) return [];
  const items = content.kind.endsWith("List") ? content.items : undefined;
  if (!Array.isArray(items)) return [{ object: content, path }];
  return items.flatMap((item, index) => objectsIn(item, [...path, "items", index]));
}

type KubernetesProperties = Properties & { readonly apiVersion: string; readonly kind: string };

function isObject(value: unknown): value is KubernetesProperties {
  if (typeof value !== "object" || value === null) return false;
  const { apiVersion, kind } = value as Properties;
  return typeof apiVersion === "string" && typeof kind === "string";
}

function isPlan(value: unknown): value is { readonly resources: readonly PlannedResource[] } {
  if (typeof value !== "object" || value === null) return false;
  const { project, stack, resources } = value as Properties;
  return typeof project === "string" && typeof stack === "string" && Array.isArray(resources);
}

function resourceOf(object: KubernetesProperties, locate: (path: Path) => string): ResourceData {
  const version = object.apiVersion.includes("/") ? object.apiVersion : `core/${object.apiVersion}`;
  const { name } = (object.metadata ?? {}) as { readonly name?: unknown };
  return {
    source: "yaml",
    type: `kubernetes:${version}:${object.kind}`,
    name: typeof name === "string" ? name : "(unnamed)",
    properties: object,
    dependencies: [],
    locate,
  };
}

/** Where a value begins; for one that is missing, the nearest that is there. */
function offsetOf(document: Document.Parsed, path: Path): number {
  let node: unknown = document.contents;
  let offset = rangeStart(node) ?? document.range[0];
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key: own }) => (own as { readonly value?: unknown }).value === key);
      if (!pair) break;
      offset = rangeStart(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      offset = rangeStart(node) ?? offset;
    } else break;
  }
  return offset;
}

function rangeStart(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}
