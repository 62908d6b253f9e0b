import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { valuesIn, type Unreadable } from "../../../policies/sources/yaml";
import { textOf, UnreadableFile } from "../text-file";
import { isMap, texts, type Loose } from "./values";

/** A folder's `kustomization.yaml`. */
export interface Kustomization {
  readonly folder: string;
  readonly file: string;
  readonly content: Loose;
}

/** What Kustomize looks for in a folder. */
export const kustomizationNames: readonly string[] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/**
 * A folder's kustomization; undefined if it has none. Flux has objects of a kind with that name, which are none.
 *
 * @param shown how to call a file
 */
export function readKustomization(
  folder: string,
  shown: (file: string) => string,
): Kustomization | { readonly errors: readonly Unreadable[] } | undefined {
  const file = kustomizationNames.map((name) => join(folder, name)).find((path) => isFile(path));
  if (file === undefined) return undefined;
  const { values, errors } = valuesOf(file, shown(file));
  if (errors.length > 0) return { errors };
  const content = values.find((value) => value !== null) ?? {};
  if (!isMap(content)) return { errors: [{ place: shown(file), reason: "can't be read: it is no kustomization" }] };
  const { apiVersion = "kustomize.config.k8s.io/" } = content;
  if (typeof apiVersion === "string" && !apiVersion.startsWith("kustomize.config.k8s.io/")) return undefined;
  return { folder, file, content: Object.fromEntries(Object.entries(content).map(([key, own]) => [keyOf(key), own])) };
}

function valuesOf(file: string, shown: string): ReturnType<typeof valuesIn> {
  try {
    return valuesIn(textOf(file), shown);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { values: [], errors: [{ place: shown, reason: error.message }] };
  }
}

/** Keys of a kustomization. Kustomize takes them in any capitals. */
const keys: ReadonlyMap<string, string> = new Map(
  [
    ...["apiVersion", "kind", "metadata", "resources", "bases", "components", "namespace", "namePrefix", "nameSuffix"],
    ...["labels", "commonLabels", "commonAnnotations", "images", "imageTags", "replicas", "patches"],
    ...["patchesStrategicMerge", "patchesJson6902", "replacements", "vars", "configMapGenerator", "secretGenerator"],
    ...["generatorOptions", "generators", "transformers", "validators", "configurations", "crds", "openapi"],
    ...["helmCharts", "helmGlobals", "helmChartInflationGenerator", "sortOptions", "buildMetadata"],
  ].map((key) => [key.toLowerCase(), key]),
);

function keyOf(text: string): string {
  return keys.get(text.toLowerCase()) ?? text;
}

/** Keys that came after these. */
export function unknownKeysOf({ content }: Kustomization): string[] {
  return Object.keys(content).filter((key) => !keys.has(key.toLowerCase()));
}

/** Whether it changes what others list, and stands for nothing alone. */
export function isComponent({ content }: Kustomization): boolean {
  return content.kind === "Component";
}

/** Where one of its entries leads: a file or a folder here, or somewhere else. */
export type Entry =
  | { readonly kind: "file" | "folder"; readonly text: string; readonly path: string }
  | { readonly kind: "remote" | "nowhere"; readonly text: string };

/** What its `resources` (with the older `bases`) or its `components` are. */
export function entriesOf({ folder, content }: Kustomization, key: "resources" | "components"): Entry[] {
  const all = key === "resources" ? [...texts(content.resources), ...texts(content.bases)] : texts(content.components);
  return all.map((text) => entryOf(folder, text));
}

function entryOf(folder: string, text: string): Entry {
  const path = resolve(folder, text);
  if (existsSync(path)) return { kind: isFile(path) ? "file" : "folder", text, path };
  return { kind: isRemote(text) ? "remote" : "nowhere", text };
}

/** Whether Kustomize would ask a network for something that isn't in a file here. */
export function isRemote(text: string): boolean {
  return /^(?:[\w+.-]+:\/\/|git@|git::|(?:www\.)?(?:github|gitlab)\.com[/:])|\?(?:ref|version)=|\.git(?:\/|$)/.test(
    text,
  );
}

/** Addresses that stand anywhere in it. A text of several lines is a patch. */
export function addressesIn(value: unknown): string[] {
  if (typeof value === "string") return /^(?:[\w+.-]+:\/\/|git@|git::)\S+$/.test(value) ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(addressesIn);
}

export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
