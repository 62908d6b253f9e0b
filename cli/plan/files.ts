import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Plan } from "./plan";

/**
 * Writes a plan as files: `plan.json`, one YAML file for each Kubernetes object in `manifests`, and one for each
 * Helm release's values in `values`. Files of an earlier plan in these two folders are removed.
 */
export async function writePlan(folder: string, plan: Plan): Promise<void> {
  const files: Record<string, string> = { "plan.json": `${JSON.stringify(plan, null, 2)}\n` };
  for (const manifest of plan.manifests) {
    const { kind, metadata } = manifest;
    files[join("manifests", `${[metadata.namespace, kind, metadata.name].filter(Boolean).join("_").toLowerCase()}.yaml`)] = stringify(manifest);
  }
  for (const release of plan.releases) files[join("values", `${release.name}.yaml`)] = stringify(release.values);

  for (const sub of ["manifests", "values"]) {
    await rm(join(folder, sub), { recursive: true, force: true });
    await mkdir(join(folder, sub), { recursive: true });
  }
  await Promise.all(Object.entries(files).map(([path, text]) => writeFile(join(folder, path), text)));
}
