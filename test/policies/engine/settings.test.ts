import assert from "node:assert/strict";
import { evaluate, findingText, resolved } from "../../../policies/engine/evaluate";
import { Inventory } from "../../../policies/engine/inventory";
import type { Rule, Severity } from "../../../policies/engine/rule";
import { rules } from "../../../policies/rules";
import { isProduction, noSettings, PolicyConfigError, settingsOf } from "../../../policies/engine/settings";

const file = "policy-config.json";

function settings(mandatory: unknown, advisory: unknown = {}) {
  return settingsOf(
    [
      ["eks-istio-mandatory", mandatory],
      ["eks-istio-advisory", advisory],
    ],
    rules,
    file,
  );
}

function problems(mandatory: unknown, advisory?: unknown): readonly string[] {
  try {
    settings(mandatory, advisory);
    return [];
  } catch (error) {
    if (error instanceof PolicyConfigError) return error.problems;
    throw error;
  }
}

describe("the policies' configuration", () => {
  it("takes a level alone, or with exemptions, under either policy's name", () => {
    const { levels, exemptions, outside, production } = settings(
      { rules: { "IST-HOST-CERT": "off" }, production: true, outside: ["Service shop/legacy"] },
      {
        rules: {
          "K8S-IMAGE-TAG": {
            level: "advisory",
            exempt: [{ resource: "Pod a/*", reason: "old", expires: "2027-01-31" }],
          },
        },
      },
    );
    assert.deepEqual(
      [...levels],
      [
        ["IST-HOST-CERT", "off"],
        ["K8S-IMAGE-TAG", "advisory"],
      ],
    );
    assert.deepEqual(
      exemptions.map(({ rule, resource, expires }) => [rule, resource, expires]),
      [["K8S-IMAGE-TAG", "Pod a/*", "2027-01-31"]],
    );
    assert.deepEqual([outside, production], [["Service shop/legacy"], true]);
  });

  it("tells every mistake at once", () => {
    assert.deepEqual(
      problems({
        rules: {
          "IST-HOST-CRT": "off",
          "K8S-IMAGE-TAG": "mandatry",
          "IST-HOST-CERT": {
            exempt: [
              { resource: "Pod a/b", reason: " ", expires: "soon" },
              { resource: "x", expires: "2027-01-31", until: "2027-01-31" },
            ],
            lvl: "off",
          },
        },
        prod: true,
      }),
      [
        'eks-istio-mandatory.rules.K8S-IMAGE-TAG: write "off", "advisory", "mandatory", or an object with level and exempt.',
        "eks-istio-mandatory.rules.IST-HOST-CERT.exempt[0].reason: say why, for whoever reads this next.",
        'eks-istio-mandatory.rules.IST-HOST-CERT.exempt[0].expires: write the last day, e.g. "2027-01-31".',
        "eks-istio-mandatory.rules.IST-HOST-CERT.exempt[1].reason: say why, for whoever reads this next.",
        "eks-istio-mandatory.rules.IST-HOST-CERT.exempt[1].until is not a known key. Known here: resource, reason, expires.",
        "eks-istio-mandatory.rules.IST-HOST-CERT.lvl is not a known key. Known here: level, exempt.",
        "eks-istio-mandatory.prod is not a known key. Known here: rules, production, outside, enforcementLevel.",
        "eks-istio-mandatory.rules.IST-HOST-CRT is no rule. Did you mean IST-HOST-CERT?",
      ],
    );
  });

  it("refuses what contradicts itself", () => {
    assert.deepEqual(
      problems(
        { rules: { "IST-HOST-CERT": "off" }, production: true },
        { rules: { "IST-HOST-CERT": "advisory" }, production: false },
      ),
      [
        "rules.IST-HOST-CERT is off under one policy and advisory under another.",
        "production is true under one policy and false under another.",
      ],
    );
  });
});

describe("levels and exemptions", () => {
  const rule = (severity: Severity): Rule => ({
    id: "K8S-IMAGE-TAG",
    severity,
    title: "",
    why: "",
    fix: "",
    codes: [],
    judge: (inventory, check) =>
      check.each(inventory.objects("Service"), (service) =>
        check.violation(service, { message: "is wrong.", fix: "Mend it." }),
      ),
  });
  const service = (name: string) => ({
    source: "yaml" as const,
    type: "kubernetes:core/v1:Service",
    name,
    properties: { apiVersion: "v1", kind: "Service", metadata: { name, namespace: "shop" } },
    dependencies: [],
  });
  const inventory = new Inventory([service("a"), service("b")]);
  const exempting = (resource: string, expires: string) =>
    settings({ rules: { "K8S-IMAGE-TAG": { exempt: [{ resource, reason: "moves in May", expires }] } } });
  const lines = (resource: string, expires: string, today: string) =>
    evaluate(inventory, [rule("mandatory")], exempting(resource, expires), new Date(today)).findings.map(findingText);

  it("leave out what is exempt, through the last day", () => {
    const kept = ["K8S-IMAGE-TAG  Service shop/b: is wrong. Mend it."];
    for (const resource of ["Service shop/a", "shop/a", "Service */a"])
      assert.deepEqual(lines(resource, "2027-01-31", "2027-01-31T23:59:00Z"), kept, resource);
    assert.deepEqual(lines("Service shop/*", "2027-01-31", "2027-01-31T00:00:00Z"), []);
  });

  it("count again, and say so, once an exemption has expired", () => {
    assert.deepEqual(lines("Service shop/a", "2027-01-31", "2027-02-01T00:00:00Z"), [
      "K8S-IMAGE-TAG  Service shop/a: is wrong. Mend it.",
      "K8S-IMAGE-TAG  Service shop/b: is wrong. Mend it.",
      "EXEMPTION-EXPIRED  Service shop/a: its exemption from K8S-IMAGE-TAG ended on 2027-01-31 (moves in May): the rule counts again. Mend what it says, or decide anew and write another date; take the exemption out if nothing needs it.",
    ]);
  });

  it("take a rule's own level unless the stack has another", () => {
    const severities = (severity: Severity, level?: string) =>
      evaluate(
        inventory,
        [rule(severity)],
        level ? settings({ rules: { "K8S-IMAGE-TAG": level } }) : noSettings,
      ).findings.map((finding) => finding.severity);
    assert.deepEqual(severities("advisory"), ["advisory", "advisory"]);
    assert.deepEqual(severities("advisory", "mandatory"), ["mandatory", "mandatory"]);
    assert.deepEqual(severities("mandatory", "off"), []);
    assert.deepEqual(severities("off"), []);
    assert.deepEqual(severities("off", "advisory"), ["advisory", "advisory"]);
  });

  it("may depend on whether the stack serves users", () => {
    const severity = { production: "mandatory", otherwise: "advisory" } as const;
    assert.deepEqual([resolved(severity, true), resolved(severity, false)], ["mandatory", "advisory"]);
  });

  it("know a production stack by its name", () => {
    for (const name of ["prod", "eu-prod", "production", "prod.eu", "Live"]) assert.ok(isProduction(name), name);
    for (const name of ["dev", "product", "preprod", "delivery", ""]) assert.ok(!isProduction(name), name);
  });
});
