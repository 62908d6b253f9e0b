import type { Rule } from "../policies/engine/rule";
import { awsRules } from "../policies/rules/aws";
import { edgeRules } from "../policies/rules/edge";
import { gatewayApiRules } from "../policies/rules/gateway-api";
import { istioRules } from "../policies/rules/istio";
import { kubernetesRules } from "../policies/rules/kubernetes";

const families: Readonly<Record<string, readonly Rule[]>> = {
  AWS: awsRules,
  Kubernetes: kubernetesRules,
  Istio: istioRules,
  "Gateway API": gatewayApiRules,
  "Load balancer and DNS": edgeRules,
};

/** The reference of the policies' rules as Markdown: a section for each family, a row for each rule. */
export function rulesReference(): string {
  const chapters = Object.entries(families).map(([family, rules]) =>
    [
      `## ${family}`,
      "",
      "| rule | level | what holds | otherwise | also known as |",
      "| --- | --- | --- | --- | --- |",
      ...[...rules].sort((a, b) => (a.id < b.id ? -1 : 1)).map(row),
    ].join("\n"),
  );
  return `${[introduction, ...chapters].join("\n\n")}\n`;
}

const introduction = `# Rules

What the [policies](policies.md) judge, generated from the rules themselves: \`npm run generate\`. The codes are those of
istioctl (IST), Kiali (KIA), Checkov (CKV) and the CIS benchmarks.`;

function row({ id, severity, title, why, codes, docs }: Rule): string {
  const level =
    typeof severity === "string" ? severity : `${severity.production} in production, else ${severity.otherwise}`;
  const cells = [docs ? `[\`${id}\`](${docs})` : `\`${id}\``, level, title, why, codes.join(", ")];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
}
