import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Folders that go when the process ends. */
const root = mkdtempSync(join(tmpdir(), "eks-istio-charts-"));
process.on("exit", () => rmSync(root, { recursive: true }));

/** A folder with the beginnings of Istio's charts. */
export function chartFolder(version: string): string {
  const folder = mkdtempSync(join(root, "charts-"));
  for (const chart of ["base", "istiod", "gateway"]) {
    mkdirSync(join(folder, chart));
    writeFileSync(join(folder, chart, "Chart.yaml"), `name: ${chart}\nversion: ${version}\nappVersion: ${version}\n`);
  }
  return folder;
}
