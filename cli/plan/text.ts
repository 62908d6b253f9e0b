import { leveledText } from "../../policies/engine/evaluate";
import treeify from "object-treeify";
import pc from "picocolors";
import { appNameOf, childrenOf, type Plan, type PlannedResource } from "./plan";
import { accessText } from "./access/text";
import { longest, rows } from "./rows";
import { rateLimits } from "./rate-limits";
import { certificates, kubernetesApi, mutualTls, obstacles, records, unknowns, weights } from "./summary";

/** A plan for people. */
export function planText(plan: Plan): string {
  const sections = [
    [
      `${pc.bold(`Plan of the stack ${plan.stack}`)} in ${plan.region}: ${plan.resources.length} resources. Nothing was created, and no account was asked.`,
    ],
    tree(plan),
    section(
      "Applications",
      rows(
        Object.entries(plan.urls).flatMap(([app, urls]) =>
          urls.map((url, nth) => [nth === 0 ? app : "", pc.cyan(url)]),
        ),
      ),
      "No application has a host.",
    ),
    section("Kubernetes API", rows(kubernetesApi(plan))),
    section("DNS records", rows(records(plan))),
    section("Certificates", rows(certificates(plan))),
    section("Weights", rows(weights(plan)), "Every service has one version, or none that the mesh knows."),
    section("Mutual TLS", rows(mutualTls(plan))),
    access(plan),
    section("Rate limits", rows(rateLimits(plan))),
    section(
      "Helm releases",
      rows(plan.releases.map(({ name, version, namespace, chart }) => [name, version, namespace, pc.dim(chart)])),
    ),
    section("Not known offline", unknowns(plan)),
    section("Before a real preview", obstacles(plan)),
    findings(plan),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function section(title: string, lines: readonly string[], none?: string): string[] {
  if (lines.length === 0) return none ? [pc.bold(title), `  ${none}`] : [];
  const shown =
    lines.length > longest
      ? [...lines.slice(0, longest), `and ${lines.length - longest} more; npm start --silent -- --json has them all`]
      : lines;
  return [pc.bold(title), ...shown.map((line) => `  ${line}`)];
}

/** Who may call whom: it has limits of its own. */
function access({ access: columns = [] }: Plan): string[] {
  return columns.length === 0
    ? []
    : [pc.bold("Who may call whom"), ...accessText(columns).map((line) => (line === "" ? "" : `  ${line}`))];
}

/** What policies say, mandatory ones in red, and what the stack file itself is advised of: all of it, as each is a thing to mend. */
function findings({ findings, advice = [] }: Plan): string[] {
  const lines = [
    ...findings.map((finding) =>
      finding.severity === "mandatory" ? pc.red(leveledText(finding)) : leveledText(finding),
    ),
    ...advice.map(({ key, message, fix }) => `advisory: ${key} ${message} ${fix}`),
  ];
  return [
    pc.bold("Findings"),
    ...(lines.length > 0 ? lines : ["None: every policy is kept."]).map((line) => `  ${line}`),
  ];
}

/** The stages with the number of resources in each. Applications beyond the first few share one line. */
function tree({ resources }: Plan): string[] {
  const children = childrenOf(resources);
  const size = ({ urn }: PlannedResource): number =>
    (children.get(urn) ?? []).reduce((sum, child) => sum + 1 + size(child), 0);
  const branch = (parent: string | undefined): Record<string, object> => {
    const stages = (children.get(parent) ?? []).filter(({ type }) => type.startsWith("eks-istio:"));
    const apps = stages.filter(({ type }) => type.endsWith(":App"));
    const hidden = apps.length > longest ? apps.slice(longest) : [];
    const shown = stages.filter((stage) => !hidden.includes(stage));
    const rest = hidden.reduce((sum, app) => sum + size(app), 0);
    return {
      ...Object.fromEntries(
        shown.map((stage) => [`${label(stage, resources)} ${pc.dim(`(${size(stage)})`)}`, branch(stage.urn)]),
      ),
      ...(hidden.length > 0 && { [`and ${hidden.length} more applications ${pc.dim(`(${rest})`)}`]: {} }),
    };
  };
  return [treeify(branch(undefined), { sortFn: null })];
}

function label({ type, name }: PlannedResource, resources: readonly PlannedResource[]): string {
  const kind = type.split(":").at(-1) ?? type;
  return kind === "App" ? `App ${pc.bold(appNameOf(name, resources))}` : `${kind} ${pc.dim(name)}`;
}
