import builder from "junit-report-builder";
import { adviceText, unjudgedText, type Finding } from "../../../policies/engine/evaluate";
import { unreadableText } from "../../../policies/sources/yaml";
import type { Report } from "../report";

/**
 * JUnit's XML, which most CI systems show as tests. What must pass is a test case: a mandatory finding is a failure, an
 * unreadable file an error. An advisory finding is a case that passes, with its text as output, as JUnit knows no
 * warnings; what could not be judged is skipped. Where everything passes one case says so, since many systems take a
 * report without any as a mistake.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export function junit({ findings, unjudged, unreadable, objects }: Report): string {
  // The package's own object is shared by all who import it.
  const report = builder.newBuilder().name("eks-istio policies");
  const suite = report.testSuite().name("npm run check");
  for (const one of unreadable)
    suite.testCase().className("files").name(one.place).error(one.reason, "unreadable", unreadableText(one));
  for (const finding of findings) {
    const { rule, severity, message } = finding;
    const testCase = suite.testCase().className(rule).name(nameOf(finding));
    if (severity === "mandatory") testCase.failure(message, severity).stacktrace(textOf(finding));
    else testCase.standardOutput(`advisory: ${textOf(finding)}`);
  }
  for (const one of unjudged)
    suite.testCase().className(one.rule).name(one.resource).skipped().standardOutput(unjudgedText(one));
  if (unreadable.length === 0 && !findings.some(({ severity }) => severity === "mandatory"))
    suite.testCase().className("all").name(`${objects} objects: no mandatory finding`);
  return report.build();
}

function nameOf({ resource, path }: Finding): string {
  return path === "" ? resource : `${resource} ${path}`;
}

function textOf(finding: Finding): string {
  const { place, resource } = finding;
  return `${place === undefined ? "" : `${place}  `}${resource}: ${adviceText(finding)}`;
}
