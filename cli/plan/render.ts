import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { fromYaml, unreadableText } from "../../policies/sources/yaml";
import { withUnknowns } from "../../policies/sources/plan";
import type { ResourceData } from "../../policies/engine/resource";
import type { Properties } from "../../policies/engine/value";
import type { Unjudged } from "../../policies/engine/evaluate";
import type { PlannedRelease } from "./plan";

const run = promisify(execFile);

/** What stands in a plan where a rule's id would, for what couldn't be judged because its chart couldn't be rendered. */
export const renderRule = "--render";

/** Objects that charts would make, and what is missing of them. */
export interface Rendered {
  readonly objects: readonly ResourceData[];
  readonly failures: readonly Unjudged[];
}

/** Helm isn't there. The message says what to do. */
export class HelmMissing extends Error {
  override readonly name = "HelmMissing";
}

/**
 * Renders every release's chart with its values, by the `helm` on PATH, which fetches charts that aren't on this machine.
 *
 * @throws HelmMissing without Helm
 */
export async function render(releases: readonly PlannedRelease[]): Promise<Rendered> {
  await demandHelm();
  const folder = await mkdtemp(join(tmpdir(), "values-"));
  try {
    const rendered = await Promise.all(
      releases.map((release, index) => template(release, join(folder, `${index}.json`))),
    );
    return {
      objects: rendered.flatMap((each) => (typeof each === "string" ? [] : each)),
      failures: releases.flatMap((release, index) => {
        const reason = rendered[index];
        return typeof reason === "string" ? [failure(release, reason)] : [];
      }),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function failure({ name, namespace }: PlannedRelease, reason: string): Unjudged {
  return {
    rule: renderRule,
    resource: `Release ${namespace}/${name}`,
    reason: `its chart can't be rendered: ${reason}`,
  };
}

async function demandHelm(): Promise<void> {
  try {
    await run("helm", ["version", "--short"]);
  } catch (error) {
    throw new HelmMissing(
      "--render needs Helm 3 or later on PATH: see https://helm.sh/docs/intro/install, or leave --render out.",
      { cause: error },
    );
  }
}

/** The objects of one release, or why there are none. */
async function template(release: PlannedRelease, valuesFile: string): Promise<ResourceData[] | string> {
  const { name, namespace, chart, version, values } = release;
  await writeFile(valuesFile, JSON.stringify(values));
  try {
    const { stdout } = await run(
      "helm",
      ["template", name, ...source(chart, version), "--namespace", namespace, "--values", valuesFile],
      { maxBuffer: 2 ** 28 },
    );
    return objects(stdout, release);
  } catch (error) {
    return reasonOf(error);
  }
}

/** How a chart is named to Helm: a folder, an image, or a name in a repository. */
function source(chart: string, version: string): string[] {
  if (!/^https?:/.test(chart)) return chart.startsWith("oci:") ? [chart, "--version", version] : [chart];
  const split = chart.lastIndexOf("/");
  return [chart.slice(split + 1), "--repo", chart.slice(0, split), "--version", version];
}

/** A chart may leave its objects' namespace to Helm. */
function objects(text: string, { name, namespace }: PlannedRelease): ResourceData[] {
  const release = `Release ${namespace}/${name}`;
  const { resources, errors } = fromYaml(text, release);
  if (errors.length > 0) throw new Error(errors.map(unreadableText).join(" "));
  return resources.map((resource) => {
    const properties = withUnknowns(resource.properties);
    const metadata = { namespace, ...(properties.metadata as Properties) };
    return { ...resource, release, properties: { ...properties, metadata } };
  });
}

/** Helm says it in its last line. */
function reasonOf(error: unknown): string {
  const { stderr, message } = error as { readonly stderr?: string; readonly message: string };
  return (
    (stderr || message)
      .trim()
      .split("\n")
      .at(-1)
      ?.replace(/^Error: /, "") ?? message
  );
}
