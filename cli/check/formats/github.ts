import { adviceText, unjudgedText, type Finding } from "../../../policies/engine/evaluate";
import { unreadableText } from "../../../policies/sources/yaml";
import { workflowCommand, type Level } from "../../workflow-command";
import { placeOf, type Report } from "../report";

/**
 * Annotations in GitHub's workflow commands, a line each: a mandatory finding or an unreadable file is an `error`, an
 * advisory one a `warning`, and what could not be judged a `notice`. GitHub shows ten of each at most in one step.
 * @example `::error title=IST-ROUTE-WEIGHT,file=mesh/cart.yaml,line=12::VirtualService shop/cart: …`
 */
export function github({ findings, unjudged, unreadable }: Report): string {
  return [
    ...unreadable.map((one) => workflowCommand("error", "Can't be read", unreadableText(one), placeOf(one))),
    ...findings.map((finding) =>
      workflowCommand(levels[finding.severity], finding.rule, textOf(finding), placeOf(finding)),
    ),
    ...unjudged.map((one) => workflowCommand("notice", one.rule, unjudgedText(one))),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

const levels = { mandatory: "error", advisory: "warning" } as const satisfies Readonly<Record<string, Level>>;

function textOf(finding: Finding): string {
  return `${finding.resource}: ${adviceText(finding)}`;
}
