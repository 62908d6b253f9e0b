import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { version } from "../../package.json";
import { github } from "../../cli/check/formats/github";
import { junit } from "../../cli/check/formats/junit";
import { sarif } from "../../cli/check/formats/sarif";
import { placeOf, type Report } from "../../cli/check/report";
import type { Finding } from "../../policies/engine/evaluate";
import type { Rule } from "../../policies/engine/rule";

const weights: Rule = {
  id: "IST-ROUTE-WEIGHT",
  severity: "mandatory",
  title: "a route's weights come to 100",
  why: "Others divide the traffic otherwise than they say.",
  fix: "Let them come to 100.",
  codes: ["KIA1104"],
  docs: "https://istio.io/latest/docs/reference/config/networking/virtual-service/",
  judge: () => undefined,
};

const mandatory: Finding = {
  rule: weights.id,
  severity: "mandatory",
  resource: "VirtualService shop/cart",
  path: "spec.http[0].route",
  message: "its weights come to 90%.",
  fix: "Write 10 more.",
  place: "mesh/my cart.yaml:12",
};

const advisory: Finding = {
  rule: "K8S-IMAGE-TAG",
  severity: "advisory",
  resource: 'Pod "<web>"',
  path: "",
  message: "its image says latest.",
  fix: "Name a version.",
};

const report: Report = {
  findings: [mandatory, advisory],
  unjudged: [{ rule: "IST-HOST-CERT", resource: "Gateway edge/web", reason: "spec.servers is unknown" }],
  unreadable: [
    { place: "mesh/a,b.yaml:3", reason: "is not YAML: a key is missing" },
    { place: "gone.yaml", reason: "can't be read: there is no such file" },
  ],
  objects: 2,
  rules: [weights, { ...weights, id: "IST-OTHER" }],
};

const clean: Report = { findings: [], unjudged: [], unreadable: [], objects: 2, rules: [weights] };

const unjudged = "IST-HOST-CERT  Gateway edge/web could not be judged because spec.servers is unknown.";

describe("a report's formats", () => {
  it("take a finding's file and line apart", () => {
    assert.deepEqual(placeOf({ place: "C:\\mesh\\a:1.yaml:12" }), { file: "C:\\mesh\\a:1.yaml", line: 12 });
    assert.equal(placeOf({ place: "(standard input):12" }), undefined);
    assert.deepEqual(placeOf({ place: "gone.yaml" }), { file: "gone.yaml" });
    assert.equal(placeOf({}), undefined);
  });

  it("are GitHub's annotations, with its characters escaped", () => {
    assert.deepEqual(github(report).split("\n"), [
      "::error title=Can't be read,file=mesh/a%2Cb.yaml,line=3::mesh/a,b.yaml:3: is not YAML: a key is missing",
      "::error title=Can't be read,file=gone.yaml::gone.yaml: can't be read: there is no such file",
      "::error title=IST-ROUTE-WEIGHT,file=mesh/my cart.yaml,line=12::VirtualService shop/cart: its weights come to 90%25. Write 10 more.",
      '::warning title=K8S-IMAGE-TAG::Pod "<web>": its image says latest. Name a version.',
      `::notice title=IST-HOST-CERT::${unjudged}`,
      "",
    ]);
    assert.equal(github(clean), "");
  });

  it("are SARIF, with the rules that found something", () => {
    assert.deepEqual(JSON.parse(sarif(report)), {
      $schema: "http://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: {
            driver: {
              name: "eks-istio",
              version,
              rules: [
                {
                  id: "IST-ROUTE-WEIGHT",
                  shortDescription: { text: weights.title },
                  fullDescription: { text: weights.why },
                  help: { text: weights.fix },
                  helpUri: weights.docs,
                  properties: { tags: ["KIA1104"] },
                },
              ],
            },
          },
          invocations: [
            {
              executionSuccessful: false,
              toolExecutionNotifications: [
                {
                  level: "error",
                  message: { text: "mesh/a,b.yaml:3: is not YAML: a key is missing" },
                  locations: [
                    {
                      physicalLocation: {
                        artifactLocation: { uri: "mesh/a%2Cb.yaml" },
                        region: { startLine: 3 },
                      },
                    },
                  ],
                },
                {
                  level: "error",
                  message: { text: "gone.yaml: can't be read: there is no such file" },
                  locations: [{ physicalLocation: { artifactLocation: { uri: "gone.yaml" } } }],
                },
                { level: "note", message: { text: unjudged } },
              ],
            },
          ],
          artifacts: [{ sourceLanguage: "YAML", location: { uri: "mesh/my%20cart.yaml" } }],
          results: [
            {
              ruleId: "IST-ROUTE-WEIGHT",
              ruleIndex: 0,
              level: "error",
              message: { text: "VirtualService shop/cart: its weights come to 90%. Write 10 more." },
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: "mesh/my%20cart.yaml", index: 0 },
                    region: { startLine: 12 },
                  },
                  logicalLocations: [{ fullyQualifiedName: "VirtualService shop/cart spec.http[0].route" }],
                },
              ],
            },
            {
              ruleId: "K8S-IMAGE-TAG",
              level: "warning",
              message: { text: 'Pod "<web>": its image says latest. Name a version.' },
              locations: [{ logicalLocations: [{ fullyQualifiedName: 'Pod "<web>"' }] }],
            },
          ],
        },
      ],
    });
  });

  it("are SARIF with a file's own address where it was given so", () => {
    const place = process.platform === "win32" ? "C:\\mesh\\cart.yaml" : "/mesh/cart.yaml";
    const text = sarif({ ...clean, findings: [{ ...mandatory, place: `${place}:1` }] });
    assert.ok(text.includes(`"uri": "${pathToFileURL(place).href}"`), text);
    assert.ok(text.includes('"executionSuccessful": true'), text);
  });

  it("are JUnit's XML, where only what must pass can fail", () => {
    assert.deepEqual(junit(report).split("\n"), [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites name="eks-istio policies" tests="5" failures="1" errors="2" skipped="1">',
      '  <testsuite name="npm run check" tests="5" failures="1" errors="2" skipped="1">',
      '    <testcase classname="files" name="mesh/a,b.yaml:3">',
      `      <error message="is not YAML: a key is missing" type="unreadable"><![CDATA[mesh/a,b.yaml:3: is not YAML: a key is missing]]></error>`,
      "    </testcase>",
      `    <testcase classname="files" name="gone.yaml">`,
      `      <error message="can't be read: there is no such file" type="unreadable"><![CDATA[gone.yaml: can't be read: there is no such file]]></error>`,
      "    </testcase>",
      '    <testcase classname="IST-ROUTE-WEIGHT" name="VirtualService shop/cart spec.http[0].route">',
      '      <failure message="its weights come to 90%." type="mandatory"><![CDATA[mesh/my cart.yaml:12  VirtualService shop/cart: its weights come to 90%. Write 10 more.]]></failure>',
      "    </testcase>",
      '    <testcase classname="K8S-IMAGE-TAG" name="Pod &quot;&lt;web>&quot;">',
      '      <system-out><![CDATA[advisory: Pod "<web>": its image says latest. Name a version.]]></system-out>',
      "    </testcase>",
      '    <testcase classname="IST-HOST-CERT" name="Gateway edge/web">',
      "      <skipped/>",
      `      <system-out><![CDATA[${unjudged}]]></system-out>`,
      "    </testcase>",
      "  </testsuite>",
      "</testsuites>",
    ]);
  });

  it("are JUnit's XML with a case where there is nothing to say", () => {
    assert.deepEqual(junit(clean).split("\n"), [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites name="eks-istio policies" tests="1" failures="0" errors="0" skipped="0">',
      '  <testsuite name="npm run check" tests="1" failures="0" errors="0" skipped="0">',
      '    <testcase classname="all" name="2 objects: no mandatory finding"/>',
      "  </testsuite>",
      "</testsuites>",
    ]);
  });

  it("are JUnit's XML without the characters that XML doesn't have", () => {
    const text = junit({ ...clean, findings: [{ ...mandatory, message: "a\u0001b\ud800c is odd." }] });
    assert.ok(text.includes('message="abc is odd."'), text);
  });
});
