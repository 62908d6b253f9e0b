import { adviceText, unjudgedText, type Finding } from "../../../policies/engine/evaluate";
import { unreadableText } from "../../../policies/sources/yaml";
import { placeOf, type Place, type Report } from "../report";

/**
 * Annotations in GitHub's workflow commands, a line each: a mandatory finding or an unreadable file is an `error`, an
 * advisory one a `warning`, and what could not be judged a `notice`. GitHub shows ten of each at most in one step.
 * The commands' package, `@actions/core`, brings an HTTP client with it, for these few lines.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
 * @example `::error title=IST-ROUTE-WEIGHT,file=mesh/cart.yaml,line=12::VirtualService shop/cart: …`
 */
export function github({ findings, unjudged, unreadable }: Report): string {
  return [
    ...unreadable.map((one) => command("error", "Can't be read", unreadableText(one), placeOf(one))),
    ...findings.map((finding) => command(levels[finding.severity], finding.rule, textOf(finding), placeOf(finding))),
    ...unjudged.map((one) => command("notice", one.rule, unjudgedText(one))),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

const levels = { mandatory: "error", advisory: "warning" } as const;

function textOf(finding: Finding): string {
  return `${finding.resource}: ${adviceText(finding)}`;
}

function command(name: string, title: string, text: string, place?: Place): string {
  const properties = {
    title,
    ...(place && { file: place.file, ...(place.line !== undefined && { line: `${place.line}` }) }),
  };
  const written = Object.entries(properties).map(([key, value]) => `${key}=${propertyText(value)}`);
  return `::${name} ${written.join(",")}::${escaped(text)}`;
}

function escaped(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function propertyText(text: string): string {
  return escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
