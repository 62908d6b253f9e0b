import { SarifBuilder, SarifResultBuilder, SarifRuleBuilder, SarifRunBuilder } from "node-sarif-builder";
import { isAbsolute, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { version } from "../../../package.json";
import { adviceText, unjudgedText, type Finding } from "../../../policies/engine/evaluate";
import type { Rule } from "../../../policies/engine/rule";
import { unreadableText } from "../../../policies/sources/yaml";
import { placeOf, type Place, type Report } from "../report";

type Run = SarifRunBuilder["run"];
type Result = SarifResultBuilder["result"];
type Notification = NonNullable<NonNullable<Run["invocations"]>[number]["toolExecutionNotifications"]>[number];
type Location = NonNullable<Result["locations"]>[number];

/**
 * SARIF 2.1.0, for GitHub's code scanning and other viewers: a finding is a result, mandatory ones of level `error` and
 * advisory ones of level `warning`; what could not be read or judged is a notification of the run.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarif({ findings, unjudged, unreadable, rules }: Report): string {
  const run = new SarifRunBuilder({
    invocations: [
      {
        executionSuccessful: unreadable.length === 0,
        toolExecutionNotifications: [
          ...unreadable.map((one): Notification => {
            const place = placeOf(one);
            return {
              level: "error",
              message: { text: unreadableText(one) },
              ...(place && { locations: [physical(place)] }),
            };
          }),
          ...unjudged.map((one): Notification => ({ level: "note", message: { text: unjudgedText(one) } })),
        ],
      },
    ],
  }).initSimple({ toolDriverName: "eks-istio", toolDriverVersion: version });
  const found = new Set(findings.map(({ rule }) => rule));
  for (const rule of rules) if (found.has(rule.id)) run.addRule(ruleOf(rule));
  for (const finding of findings) run.addResult(new SarifResultBuilder(resultOf(finding)));
  const log = new SarifBuilder();
  log.addRun(run);
  return `${log.buildSarifJsonString({ indent: true })}\n`;
}

function ruleOf({ id, title, why, fix, docs, codes }: Rule): SarifRuleBuilder {
  return new SarifRuleBuilder({
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: fix },
    ...(docs !== undefined && { helpUri: docs }),
    properties: { tags: [...codes] },
  });
}

function resultOf(finding: Finding): Result {
  const { rule, severity, resource, path } = finding;
  const place = placeOf(finding);
  return {
    ruleId: rule,
    level: severity === "mandatory" ? "error" : "warning",
    message: { text: `${resource}: ${adviceText(finding)}` },
    locations: [
      {
        ...(place && physical(place)),
        logicalLocations: [{ fullyQualifiedName: path === "" ? resource : `${resource} ${path}` }],
      },
    ],
  };
}

function physical({ file, line }: Place): Location {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file) },
      ...(line !== undefined && { region: { startLine: line } }),
    },
  };
}

/** Relative files stay so: GitHub takes them from the repository's root. */
function uriOf(file: string): string {
  return isAbsolute(file) ? pathToFileURL(file).href : file.split(sep).map(encodeURIComponent).join("/");
}
