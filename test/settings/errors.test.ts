import assert from "node:assert/strict";
import { SettingsError } from "../../components/settings/errors";
import { parseSettings } from "../../components/settings/settings";
import { stackConfig } from "../stack";
import { checkout, cluster } from "./verdicts";

const problem = { key: "eks-istio:tags.team", value: "a", rule: "is a", fix: "Write b." };

function messageFor(value: unknown): string | undefined {
  return new SettingsError([{ ...problem, value }], "Pulumi.dev.yaml").message
    .split("\n")
    .find((line) => line.startsWith("    value"));
}

describe("the message of a SettingsError", () => {
  it("tells one problem by key, value, rule and fix", () => {
    assert.throws(() => parseSettings(stackConfig(cluster({ publicAccessCidrs: ["0.0.0.0/0"] }), "prod")), {
      name: "SettingsError",
      message: [
        "Pulumi.prod.yaml has 1 problem. Nothing was created.",
        "",
        "  eks-istio:cluster.publicAccessCidrs[0]",
        '    value  "0.0.0.0/0"',
        "    rule   opens the Kubernetes API to the whole internet",
        '    fix    List the addresses that administrators come from, e.g. "203.0.113.0/24", or leave publicAccessCidrs out for a private endpoint.',
      ].join("\n"),
    });
  });

  it("begins with the place, where that is known", () => {
    const { message } = new SettingsError(
      [{ ...problem, value: "a", place: { line: 12, column: 5 } }],
      "Pulumi.dev.yaml",
    );
    assert.equal(message.split("\n")[2], "  Pulumi.dev.yaml:12:5  eks-istio:tags.team");
  });

  it("shows what would act on a terminal or forge a line", () => {
    assert.equal(messageFor("\x1b[2J\x9b\u202e"), '    value  "\\u001b[2J\\u{9b}\\u{202e}"');
    const { message } = new SettingsError([{ ...problem, key: "eks-istio:apps.a\n::error::\x1b" }], "Pulumi.dev.yaml");
    assert.equal(message.split("\n")[2], "  eks-istio:apps.a\\u{a}::error::\\u{1b}");
  });

  it("tells several with a blank line between them", () => {
    assert.throws(
      () =>
        parseSettings(
          stackConfig({ ...cluster({ version: undefined }), ...checkout({ loadBalancer: { simple: "LEAST_CONN" } }) }),
        ),
      {
        name: "SettingsError",
        message: [
          "Pulumi.dev.yaml has 2 problems. Nothing was created.",
          "",
          "  eks-istio:cluster.version",
          "    value  (not set)",
          "    rule   is required, and one of 1.33, 1.34, 1.35, 1.36",
          "    fix    Write one of 1.33, 1.34, 1.35, 1.36.",
          "",
          "  eks-istio:apps.checkout.loadBalancer.simple",
          '    value  "LEAST_CONN"',
          "    rule   was replaced by LEAST_REQUEST",
          "    fix    Write LEAST_REQUEST.",
        ].join("\n"),
      },
    );
  });

  it("shows a value that isn't set", () => {
    assert.equal(messageFor(undefined), "    value  (not set)");
  });

  it("shows a map on one line", () => {
    assert.equal(
      messageFor({ v1: { weight: 90 }, v2: { weight: 20 } }),
      '    value  {"v1":{"weight":90},"v2":{"weight":20}}',
    );
  });

  it("shows a line break in a value as the reader would type it", () => {
    assert.equal(messageFor("two\nlines"), '    value  "two\\nlines"');
  });

  it("shows 120 characters of a value in full", () => {
    assert.equal(messageFor("v".repeat(118)), `    value  "${"v".repeat(118)}"`);
  });

  it("cuts a longer value to 120 characters", () => {
    assert.equal(messageFor("v".repeat(119)), `    value  "${"v".repeat(116)}...`);
  });
});
