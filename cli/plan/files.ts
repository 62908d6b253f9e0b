import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import type { Manifest, Plan } from "./plan";
import { isMap } from "../../components/settings/reading/maps";

/** A folder that can't be written into. */
export class FolderError extends Error {
  override readonly name = "FolderError";
}

/**
 * Looks for a folder before anything is planned.
 *
 * @param shown how the user wrote it
 * @throws FolderError if something else has its name, or that of a folder above it
 */
export async function demandFolder(folder: string, shown: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    const isTaken = error.code === "EEXIST" || error.code === "ENOTDIR";
    throw new FolderError(
      isTaken
        ? `--out ${shown} is no folder, but a file or below one. Name a folder: it is made if it isn't there.`
        : `--out ${shown} can't be made: ${error.message}. Name another folder.`,
      { cause: error },
    );
  }
}

/**
 * Writes a plan as files: `plan.json`, one YAML file for each Kubernetes object in `manifests`, and one for each
 * Helm release's values in `values`.
 *
 * What the folder's earlier `plan.json` had and this plan has not is removed. Nothing else is touched.
 */
export async function writePlan(folder: string, plan: Plan): Promise<void> {
  const files = filesOf(plan);
  const earlier = await earlierPlan(folder);
  for (const path of Object.keys(earlier ? filesOf(earlier) : {})) {
    if (!(path in files)) await rm(join(folder, path), { force: true });
  }
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** What `npm start -- --out` writes: texts by path. */
export function filesOf(plan: Plan): Readonly<Record<string, string>> {
  const named = new Map<string, Manifest>();
  for (const manifest of plan.manifests) {
    const { apiVersion, kind, metadata } = manifest;
    const name = fileName([metadata.namespace, kind, metadata.name].filter(Boolean).join("_").toLowerCase());
    // Kinds of two groups may share a name, such as Istio's Gateway and that of the Gateway API.
    named.set(named.has(name) ? `${name}_${fileName(apiVersion.split("/")[0] ?? "")}` : name, manifest);
  }
  const manifests = [...named].map(([name, manifest]): [string, string] => [
    join("manifests", `${name}.yaml`),
    stringify(manifest),
  ]);
  const values = plan.releases.map((release): [string, string] => [
    join("values", `${fileName(release.name)}.yaml`),
    stringify(release.values),
  ]);
  return { ...Object.fromEntries([...manifests, ...values]), "plan.json": `${JSON.stringify(plan, null, 2)}\n` };
}

/** A name that leads into no other folder: the plan that was in a folder before may be somebody else's. */
function fileName(name: string): string {
  return name.replace(/[/\\\0]/g, "_");
}

/** The plan that was written there before, if there was one. */
async function earlierPlan(folder: string): Promise<Plan | undefined> {
  try {
    const plan = JSON.parse(await readFile(join(folder, "plan.json"), "utf8")) as unknown;
    return isPlan(plan) ? plan : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && "code" in error && error.code === "ENOENT"))
      return undefined;
    throw error;
  }
}

/** Whether JSON is a plan, as far as its files go. */
export function isPlan(value: unknown): value is Plan {
  if (!isMap(value)) return false;
  const { manifests, releases } = value;
  return (
    Array.isArray(manifests) && manifests.every(isManifest) && Array.isArray(releases) && releases.every(isRelease)
  );
}

function isManifest(value: unknown): boolean {
  if (!isMap(value) || !isMap(value.metadata)) return false;
  const { name, namespace = "" } = value.metadata;
  return [value.apiVersion, value.kind, name, namespace].every((text) => typeof text === "string");
}

function isRelease(value: unknown): boolean {
  return isMap(value) && typeof value.name === "string";
}
