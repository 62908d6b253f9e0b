import { readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse, YAMLParseError } from "yaml";
import * as z from "zod";
import type { Report } from "../check";
import { isSystemError } from "../system-error";
import type { MeshSettings } from "./schema";

/** Istio's charts that this project installs. */
const charts = ["base", "istiod", "gateway"] as const;

/** What stands in a Chart.yaml. @see https://helm.sh/docs/topics/charts/#the-chartyaml-file */
const chartFile = z.object({ version: z.string(), appVersion: z.string().optional() });

/**
 * Charts in a folder, whose version Helm doesn't ask for: whatever lies there would be installed.
 *
 * Istio's releases have its version as the charts' `version` and `appVersion`; a mirror may number charts of its own, so the
 * second one counts. Charts of Istio's sources say 1.0.0, and other builds anything: what is no release is unjudged.
 */
export function checkChartFolder(
  { repository, version }: Pick<MeshSettings, "repository" | "version">,
  report: Report,
): void {
  if (!/^(\.{0,2})\//.test(repository)) return;
  const found = charts.map((chart) => ({ chart, ...read(join(repository, chart, "Chart.yaml")) }));
  const unreadable = found.filter(({ reason }) => reason !== undefined);
  if (unreadable.length > 0)
    report(
      "mesh",
      ["repository"],
      `is a folder without readable charts: ${unreadable.map(({ chart, reason }) => `${chart}/Chart.yaml ${reason}`).join(", ")}`,
      `Name one that holds ${charts.join(", ")}, unpacked ("helm pull --untar"). Its path begins where Pulumi.yaml lies.`,
    );
  const others = found.filter(({ istio }) => isRelease(istio) && istio !== version);
  if (others.length > 0)
    report(
      "mesh",
      ["repository"],
      `holds ${others.map(({ chart, istio }) => `${chart} ${istio}`).join(", ")}, which would be installed although mesh.version is ${version}`,
      `Put the charts of ${version} there, or write their version as mesh.version.`,
    );
}

/** Istio's version that a chart is of, or what is wrong with its Chart.yaml. Like Pulumi, from the program's folder. */
function read(file: string): { readonly istio?: string; readonly reason?: string } {
  try {
    const path = resolve(file);
    if (!statSync(path).isFile()) return { reason: "is no file" };
    const { data } = chartFile.safeParse(parse(readFileSync(path, "utf8")));
    return data ? { istio: data.appVersion ?? data.version } : { reason: "has no version" };
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof YAMLParseError) return "is no YAML";
  const code = isSystemError(error) ? error.code : "";
  return code === "ENOENT" || code === "ENOTDIR" ? "isn't there" : `can't be read (${code})`;
}

function isRelease(version: string | undefined): version is string {
  return version !== undefined && /^\d+\.\d+\.\d+$/.test(version) && version !== "1.0.0";
}
