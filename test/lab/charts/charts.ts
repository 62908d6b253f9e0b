import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { KubernetesObject } from "../cluster/api";
import { run } from "../tools/tool";
import { plainEnvoy } from "./plain-envoy";

export type Values = Readonly<Record<string, unknown>>;

/** The type of a Helm Release in a plan. */
export const releaseType = "kubernetes:helm.sh/v3:Release";

/** A Helm Release as the program registers it. */
export interface Release {
  readonly name: string;
  readonly chart: string;
  readonly namespace: string;
  readonly values: Values;
}

/** Where Istio's charts lie in its module. */
const folders: Readonly<Record<string, string>> = {
  base: "base",
  istiod: "istio-control/istio-discovery",
  gateway: "gateway",
  cni: "istio-cni",
  ztunnel: "ztunnel",
};

/** A folder with files of Istio's sources, as they lie there: charts, CRDs, Envoy's bootstrap, and what its analyzers are tested with. */
export function istioSources(): string {
  const folder = process.env.LAB_ISTIO_SOURCES;
  if (folder === undefined) throw new Error("Istio's sources are missing: run the lab with npm run lab.");
  return folder;
}

/** The chart of the AWS Load Balancer Controller, as it lies in the controller's sources. */
export function loadBalancerControllerChart(): string {
  const folder = process.env.LAB_LOAD_BALANCER_CONTROLLER_SOURCES;
  if (folder === undefined) throw new Error("The controller's sources are missing: run the lab with npm run lab.");
  return join(folder, "helm", "aws-load-balancer-controller");
}

/** The objects that a Release of one of Istio's charts would install. */
export async function render(sources: string, release: Release): Promise<readonly KubernetesObject[]> {
  const path = folders[release.chart];
  if (path === undefined) throw new Error(`The lab has no chart ${release.chart}.`);
  return renderChart(join(sources, "manifests", "charts", path), release);
}

/** The objects that a Release of the chart in a folder would install. */
export async function renderChart(chart: string, release: Release): Promise<readonly KubernetesObject[]> {
  const folder = mkdtempSync(join(tmpdir(), "values-"));
  try {
    writeFileSync(join(folder, "values.json"), JSON.stringify(release.values));
    const args = ["template", release.name, chart, "--namespace", release.namespace, "--include-crds"];
    const text = await run("helm", [...args, "--values", join(folder, "values.json")], folder);
    return parseAllDocuments(text).flatMap((document) => {
      const object = document.toJS() as KubernetesObject | null;
      return object ? [object] : [];
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Whether a chart lies in Istio's module. */
export function isIstioChart({ chart }: Release): boolean {
  return chart in folders;
}

/** A Release as the lab installs it: on Envoy's own build. */
export function forPlainEnvoy(release: Release): Release {
  return release.chart === "istiod" ? { ...release, values: merge(release.values, plainEnvoy) } : release;
}

/** Values laid over values, as Helm does it: maps are merged, all else is replaced. */
function merge(values: Values, over: Values): Values {
  const merged = Object.entries(over).map(([key, value]) => {
    const below = values[key];
    return [key, isMap(below) && isMap(value) ? merge(below, value) : value] as const;
  });
  return { ...values, ...Object.fromEntries(merged) };
}

function isMap(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
