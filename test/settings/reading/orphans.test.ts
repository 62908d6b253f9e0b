import assert from "node:assert/strict";
import { SettingsError, type Problem } from "../../../components/settings/errors";
import { parseSettings } from "../../../components/settings/settings";

const keys = {
  "aws:region": "eu-west-1",
  "eks-istio:domain": '{"name":"example.com"}',
  "eks-istio:cluster": '{"version":"1.35"}',
};

function problemsOf(project: string, values: Readonly<Record<string, string>>): readonly Problem[] {
  try {
    parseSettings({ project, stack: "dev", values });
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
}

const orphaned = (count: string): Problem => ({
  key: "eks-istio:domain",
  value: "eks-istio",
  rule: `begins with "eks-istio:"${count}, and nobody reads it: the project's name in Pulumi.yaml is shop, so that its keys begin with "shop:"`,
  fix: 'Write "shop:" for each "eks-istio:" in the stack file, or "name: eks-istio" in Pulumi.yaml.',
});

describe("the keys of a project that was renamed", () => {
  it("are one problem, with both ways out", () => {
    assert.deepEqual(problemsOf("shop", keys), [orphaned(", as 1 other key has")]);
  });

  it("are one problem where Pulumi.yaml has defaults for the new name", () => {
    const defaults = { "shop:domain": "{}", "shop:cluster": "{}", "shop:apps": "{}" };
    assert.deepEqual(problemsOf("shop", { ...defaults, ...keys, "eks-istio:tags": "{}" }), [
      orphaned(", as 2 other keys have"),
    ]);
  });

  it("are read all the same, for what else is wrong with them", () => {
    const all = { ...keys, "eks-istio:cluster": '{"version":"1.35","publicAccessCidrs":["0.0.0.0/0"]}' };
    assert.deepEqual(
      problemsOf("shop", all).map(({ key }) => key),
      ["eks-istio:domain", "eks-istio:cluster.publicAccessCidrs[0]"],
    );
  });

  it("are told where only some were left behind", () => {
    const shop = {
      "aws:region": "eu-west-1",
      "shop:domain": '{"name":"example.com"}',
      "shop:cluster": '{"version":"1.35"}',
    };
    assert.deepEqual(
      problemsOf("shop", { ...shop, "eks-istio:tags": "{}" }).map(({ key }) => key),
      ["eks-istio:tags"],
    );
  });

  it("may be of any name", () => {
    const other = Object.fromEntries(
      Object.entries(keys).map(([key, value]) => [key.replace("eks-istio", "web"), value]),
    );
    assert.deepEqual(
      problemsOf("eks-istio", other).map(({ key }) => key),
      ["web:domain"],
    );
  });

  it("are no other package's, beside the project's own", () => {
    const renamed = Object.fromEntries(
      Object.entries(keys).map(([key, value]) => [key.replace("eks-istio", "shop"), value]),
    );
    assert.deepEqual(problemsOf("shop", { ...renamed, "cloudflare:domain": "example.com" }), []);
  });
});
