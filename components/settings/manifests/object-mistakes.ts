import { concealed } from "../concealed";
import { isMap } from "../reading/maps";

/** What is wrong with an object, whatever else there is. */
export interface Mistake {
  readonly rule: string;
  readonly fix: string;
}

type Properties = Readonly<Record<string, unknown>>;

/** The first thing that keeps a document from being an object that can be applied; undefined if there is none. */
export function mistakeIn(value: unknown): Mistake | undefined {
  if (!isMap(value))
    return {
      rule: "a document that is no object",
      fix: "Write a map with apiVersion, kind and metadata, or remove it.",
    };
  return notAnObject(value) ?? unnamed(value) ?? exported(value) ?? nameOfJavaScript(value);
}

function notAnObject({ apiVersion, kind, metadata }: Properties): Mistake | undefined {
  const missing = Object.entries({ apiVersion, kind, metadata }).find(
    ([, value]) => value === undefined || value === null,
  );
  if (typeof apiVersion === "string" && apiVersion.startsWith("kustomize.config.k8s.io/"))
    return {
      rule: "a kustomization, which is no object but says how to make some",
      fix: "Render it, and name what comes out: kustomize build FOLDER > FILE.",
    };
  if (missing)
    return {
      rule: `${typeof kind === "string" ? article(kind) : "a document"} without ${missing[0]}`,
      fix: "Write it as kubectl would take it, or move the file elsewhere if it is no manifest.",
    };
  if (typeof apiVersion !== "string" || !/^(?:[a-z0-9.-]{1,253}\/)?v[0-9][a-z0-9]{0,62}$/.test(apiVersion))
    return { rule: `the apiVersion ${shown(apiVersion)}, which is none`, fix: 'Write it like "v1" or "apps/v1".' };
  if (typeof kind !== "string" || !/^[A-Za-z][A-Za-z0-9]{0,62}$/.test(kind))
    return { rule: `the kind ${shown(kind)}, which is none`, fix: 'Write it like "ConfigMap".' };
  if (!isMap(metadata)) return { rule: `${article(kind)} whose metadata is no map`, fix: "Write metadata: {name: …}." };
  return undefined;
}

/** Names that a path of the API's may have. Kinds ask for more; those of RBAC have colons. @see https://github.com/kubernetes/apimachinery/blob/v0.36.1/pkg/api/validation/path/name.go */
const segment = /^(?!\.{1,2}$)[^/%\s\p{Cc}\p{Cf}]{1,253}$/u;

function unnamed({ kind, metadata }: Properties): Mistake | undefined {
  const { name, generateName, namespace } = metadata as Properties;
  const object = article(String(kind));
  if (name === undefined || name === null || name === "")
    return generateName === undefined
      ? { rule: `${object} without metadata.name`, fix: "Give it a name." }
      : {
          rule: `${object} with generateName, whose name would be another one in each cluster`,
          fix: "Write metadata.name: what is applied again and again needs one name.",
        };
  if (typeof name !== "string")
    return {
      rule: `${object} whose name YAML doesn't read as a text, but as ${shown(name)}`,
      fix: `Put it in quotes, as in "${shown(name)}".`,
    };
  if (!segment.test(name))
    return {
      rule: `${object} called ${shown(name)}, which no object can be`,
      fix: name.includes("{{") ? rendered : "Use lowercase letters, digits, hyphens and dots.",
    };
  if (namespace === undefined || namespace === null) return undefined;
  if (typeof namespace !== "string" || !/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(namespace))
    return {
      rule: `${object} in the namespace ${shown(namespace)}, which no namespace is called`,
      fix: shown(namespace).includes("{{")
        ? rendered
        : "Use at most 63 lowercase letters, digits and hyphens; put a number in quotes.",
    };
  return undefined;
}

const rendered = "Render the template, and name what comes out: helm template CHART > FILE.";

/** What the API server writes and takes from nobody, or a copy of the object that would show what is in it. */
function exported({ kind, metadata }: Properties): Mistake | undefined {
  const { annotations, ...fields } = metadata as Properties;
  const written = ["managedFields", "resourceVersion", "uid"].filter((field) => fields[field] !== undefined);
  const copy = "kubectl.kubernetes.io/last-applied-configuration";
  if (isMap(annotations) && Object.hasOwn(annotations, copy)) written.push(`annotations["${copy}"]`);
  if (written.length === 0) return undefined;
  return {
    rule: `${article(String(kind))} as a cluster gave it out: with metadata.${written.join(", metadata.")}`,
    fix: "Remove these, and what else only the API server writes.",
  };
}

/** Names that every object of JavaScript has already, and that are lost on the way to the engine. */
const inherited = new Set(Object.getOwnPropertyNames(Object.prototype));

function nameOfJavaScript(object: Properties): Mistake | undefined {
  const key = inheritedKey(object);
  if (key === undefined) return undefined;
  return {
    rule: `${article(String(object.kind))} with the key ${key}, which every object of JavaScript has already: it would be lost`,
    fix: "Use another key.",
  };
}

function inheritedKey(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.map(inheritedKey).find((key) => key !== undefined);
  if (!isMap(value)) return undefined;
  for (const [key, child] of Object.entries(value)) {
    const found = inherited.has(key) ? key : inheritedKey(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

function article(kind: string): string {
  return `${/^[AEIOU]/.test(kind) ? "an" : "a"} ${kind}`;
}

/** A value on one line, cut short. */
function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(concealed(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
