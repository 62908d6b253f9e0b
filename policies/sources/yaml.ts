import { YAMLException } from "js-yaml";
import type { ResourceData } from "../engine/resource";
import type { Path, Properties } from "../engine/value";
import { documentsOf, Lines, type YamlDocument } from "./documents";
import { contentsOf, placesIn } from "./kubernetes-yaml";
import { Repeats } from "./repeats";
import { fromPlan, hasPlaceholder, isPlannedResource, withUnknowns, type PlannedResource } from "./plan";

/** Something that can't be read. */
export interface Unreadable {
  /** File and line, where there is one: `shop.yaml:12`. */
  readonly place: string;
  /** Reads after the place: `is not YAML: …`. */
  readonly reason: string;
}

/** What a text held, and what was wrong with it. */
interface YamlResult {
  readonly resources: readonly ResourceData[];
  readonly errors: readonly Unreadable[];
  /** The stacks of the plans among them. */
  readonly stacks: readonly string[];
}

/**
 * Reads Kubernetes objects from YAML or JSON, as Kubernetes itself does: several documents, and the items of a `List`.
 * A document that can't be read takes nothing from the others. What `npm start -- --json` printed is read as the plan
 * that it is, and in what `npm start -- --out` wrote, its words for unknowns are unknown. Documents that are no Kubernetes
 * objects, such as a chart's values, are passed over.
 *
 * @param file what to call the text in findings and errors
 */
export function fromYaml(text: string, file: string): YamlResult {
  const lines = new Lines(text);
  const resources: ResourceData[] = [];
  const errors: Unreadable[] = [];
  const stacks: string[] = [];
  for (const document of jsonIn(text) ?? documentsOf(text)) {
    const line = (below: number) => lines.at(document.start) + below - 1;
    try {
      const read = resourcesOf(document, file, line);
      resources.push(...read.resources);
      stacks.push(...read.stacks);
    } catch (error) {
      // Every tool that renders YAML marks its places like this. Half a template says nothing about what it will be.
      const mark = document.text.indexOf("{{");
      if (mark !== -1)
        return {
          resources: [],
          errors: [{ place: `${file}:${lines.at(document.start + mark)}`, reason: template }],
          stacks: [],
        };
      errors.push(unreadable(error, file, line));
    }
  }
  return { resources, errors, stacks };
}

/** Every document's value in a text, whatever it is. What can't be read is left out. */
export function valuesIn(text: string, file: string): { values: readonly unknown[]; errors: readonly Unreadable[] } {
  const lines = new Lines(text);
  const values: unknown[] = [];
  const errors: Unreadable[] = [];
  for (const document of documentsOf(text)) {
    try {
      values.push(...contentsOf(document.text));
    } catch (error) {
      errors.push(unreadable(error, file, (below) => lines.at(document.start) + below - 1));
    }
  }
  return { values, errors };
}

/** How the command line tells it. */
export function unreadableText({ place, reason }: Unreadable): string {
  return `${place}: ${reason}`;
}

function unreadable(error: unknown, file: string, line: (below: number) => number): Unreadable {
  if (error instanceof YAMLException)
    return { place: `${file}:${line((error.mark?.line ?? 0) + 1)}`, reason: `is not YAML: ${error.reason}` };
  // An alias without its anchor, or a key that is a map.
  const reason = error instanceof Error ? error.message : String(error);
  return { place: `${file}:${line(1)}`, reason: `can't be read: ${reason}` };
}

/** A document whose contents are known already. */
interface ParsedDocument extends YamlDocument {
  readonly content?: unknown;
}

/** A text that is JSON as a whole. All JSON is YAML, and much faster to read. */
function jsonIn(text: string): ParsedDocument[] | undefined {
  if (!/^\uFEFF?\s*[[{]/.test(text)) return undefined;
  try {
    const bare = text.replace(/^\uFEFF/, "");
    // YAML has no tabs in front of a line; JSON has none in its strings.
    return [{ content: JSON.parse(bare) as unknown, text: bare.replaceAll("\t", " "), start: 0 }];
  } catch {
    return undefined;
  }
}

const template = "is a template, to be rendered first: helm template NAME CHART | npm run check -- -";

/** A document that could be read, but is a template all the same. */
class TemplateError extends Error {}

function resourcesOf(
  document: ParsedDocument,
  file: string,
  line: (below: number) => number,
): Omit<YamlResult, "errors"> {
  const repeats = new Repeats();
  const contents = document.content === undefined ? contentsIn(document.text, repeats) : [document.content];
  const places = placesIn(document.text);
  const marked = hasPlaceholder(document.text) ? withUnknowns : (properties: Properties) => properties;
  const plans = contents.filter(isPlan);
  const resources = contents.flatMap((content, index) => {
    if (isPlan(content)) return fromPlan(content.resources.map(planned));
    return objectsIn(content, []).map(({ object, path }) => {
      if (isTemplated(object, document.text)) throw new TemplateError();
      const own = resourceOf(object, file, (below) => `${file}:${line(places(index, [...path, ...below]))}`);
      const repeated = repeats.below(object);
      return { ...own, properties: marked(object), ...(repeated.length > 0 && { repeated }) };
    });
  });
  // A name of anything else is no stack's, and the policies' configuration is looked for by it.
  return { resources, stacks: plans.map(({ stack }) => stack).filter((stack) => /^[\w.-]{1,100}$/.test(stack)) };
}

/** A resource of a plan, of which nobody knows who wrote it. */
function planned(resource: unknown, index: number): PlannedResource {
  if (isPlannedResource(resource)) return resource;
  throw new Error(`resources[${index}] of the plan isn't what npm start -- --json writes`);
}

/** What a document says. Of a CustomResourceDefinition no rule reads more than its name, and its schema may be long. */
function contentsIn(text: string, repeats: Repeats): unknown[] {
  const head = definition.test(text) ? headOf(text) : undefined;
  if (head !== undefined) {
    try {
      const [content, ...others] = contentsOf(head);
      if (isObject(content) && others.length === 0) return [content];
    } catch {
      // It isn't written as such definitions are.
    }
  }
  return contentsOf(text, repeats);
}

const definition = /^kind:[ \t]*(["']?)CustomResourceDefinition\1[ \t\r]*$/m;

/** The lines of a document that say what it is. */
function headOf(text: string): string {
  let isHead = false;
  const lines = text.split("\n").filter((line) => {
    const key = /^([^\s#-][^:]*):/.exec(line)?.[1];
    if (key !== undefined) isHead = ["apiVersion", "kind", "metadata"].includes(key);
    return isHead;
  });
  return lines.join("\n");
}

/** An object with a name that only a template has, or with values of a chart. Kinds for any text may hold either. */
function isTemplated({ kind, metadata }: KubernetesProperties, text: string): boolean {
  if (!text.includes("{{")) return false;
  const { name, namespace } = (metadata ?? {}) as Properties;
  if ([name, namespace].some((own) => typeof own === "string" && own.includes("{{"))) return true;
  return kind !== "ConfigMap" && kind !== "Secret" && chartValue.test(text);
}

const chartValue = /\{\{-?\s*(?:\$?\.(?:Values|Release|Chart|Capabilities)\b|(?:include|template)\s+["'])/;

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

function isPlan(value: unknown): value is { readonly stack: string; readonly resources: readonly unknown[] } {
  if (typeof value !== "object" || value === null) return false;
  const { project, stack, resources } = value as Properties;
  return typeof project === "string" && typeof stack === "string" && Array.isArray(resources);
}

function resourceOf(object: KubernetesProperties, file: string, locate: (path: Path) => string): ResourceData {
  const version = object.apiVersion.includes("/") ? object.apiVersion : `core/${object.apiVersion}`;
  const { name } = (object.metadata ?? {}) as { readonly name?: unknown };
  return {
    source: "yaml",
    type: `kubernetes:${version}:${object.kind}`,
    name: typeof name === "string" ? name : "(unnamed)",
    properties: object,
    dependencies: [],
    origin: file,
    locate,
  };
}
