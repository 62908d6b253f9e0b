import type { ProjectFile, ReadFiles } from "../reading/project-files";
import { definedScopes, scopeOf, settledObject, type KubernetesObject, type OwnObject } from "./object";
import { mistakeIn, type Mistake } from "./object-mistakes";
import { entryOf, type ManifestEntry } from "./schema";
import { documentsIn, type YamlDocument } from "./yaml";

/** A problem with what an entry of `manifests` leads to. */
export interface ManifestProblem extends Mistake {
  readonly entry: number;
}

/** What the entries of `manifests` lead to. */
export interface OwnManifests {
  readonly objects: readonly OwnObject[];
  readonly problems: readonly ManifestProblem[];
}

/** Reads every object of the entries, and all that is wrong with one by itself. */
export function readManifests(entries: readonly ManifestEntry[], read: ReadFiles): OwnManifests {
  const problems: ManifestProblem[] = [];
  const found: OwnObject[] = [];
  entries.forEach((entry, index) => {
    const { files, obstacles } = read(entryOf(entry).path);
    problems.push(
      ...obstacles.map(({ path, reason, fix }) => ({ entry: index, rule: `names ${path}, which ${reason}`, fix })),
    );
    for (const file of files) {
      const { objects, mistakes } = objectsOf(file);
      problems.push(...mistakes.map((mistake) => ({ ...mistake, entry: index })));
      found.push(...objects.map((each) => ({ ...each, entry: index })));
    }
  });
  const defined = definedScopes(found.map(({ object }) => object));
  return {
    problems,
    objects: found.map((own) => ({ ...own, object: settledObject(own.object, scopeOf(own.object, defined)) })),
  };
}

type Found = Omit<OwnObject, "entry">;

/** How a problem names its place and what is there. */
function at(place: string, { rule, fix }: Mistake): Mistake {
  return { rule: `has, at ${place}, ${rule}`, fix };
}

function objectsOf({ path, text }: ProjectFile): { objects: Found[]; mistakes: Mistake[] } {
  const { documents, mistakes } = documentsIn(text);
  const objects: Found[] = [];
  const found = mistakes.map(({ line, ...mistake }) => at(`${path}:${line}`, mistake));
  for (const { value, place } of documents.flatMap((document) => unpacked(document, path))) {
    const mistake = mistakeIn(value);
    if (mistake) found.push(at(place, mistake));
    else objects.push({ object: value as KubernetesObject, place });
  }
  if (documents.length === 0 && mistakes.length === 0)
    found.push({ rule: `names ${path}, which holds no object`, fix: "Write one into it, or remove it." });
  return { objects, mistakes: found };
}

interface Placed {
  readonly value: unknown;
  readonly place: string;
}

type Path = readonly (string | number)[];

/** The object of a document, or those of a list: kubectl writes several as one. */
function unpacked({ content, lineOf }: YamlDocument, file: string): Placed[] {
  const each = (value: unknown, path: Path): Placed[] => {
    const { apiVersion, kind, items } = (value ?? {}) as { apiVersion?: unknown; kind?: unknown; items?: unknown };
    if (typeof kind !== "string" || !kind.endsWith("List") || !Array.isArray(items))
      return [{ value, place: `${file}:${lineOf(path)}` }];
    // A list of one kind, such as a ConfigMapList, may leave out what its items are.
    const implied = kind === "List" ? {} : { apiVersion, kind: kind.slice(0, -"List".length) };
    return items.flatMap((item: unknown, index) => each(withKind(item, implied), [...path, "items", index]));
  };
  return each(content, []);
}

function withKind(item: unknown, implied: object): unknown {
  return typeof item === "object" && item !== null && !Array.isArray(item) ? { ...implied, ...item } : item;
}
