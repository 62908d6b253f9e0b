import pc from "picocolors";
import { leveledText, unjudgedText } from "../../../policies/engine/evaluate";
import type { Report } from "../report";

/** A line for each finding, and last a sum. */
export function text({ findings, unjudged, objects }: Report): string {
  const mandatory = findings.filter(({ severity }) => severity === "mandatory").length;
  const lines = [
    ...findings.map((finding) =>
      finding.severity === "mandatory" ? pc.red(leveledText(finding)) : leveledText(finding),
    ),
    ...unjudged.map((one) => pc.dim(unjudgedText(one))),
    `${objects === 1 ? "1 object" : `${objects} objects`}, ${mandatory} mandatory and ${findings.length - mandatory} advisory findings.`,
  ];
  return `${lines.join("\n")}\n`;
}
