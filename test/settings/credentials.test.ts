import assert from "node:assert/strict";
import { SettingsError, type Problem } from "../../components/settings/errors";
import { parseSettings } from "../../components/settings/settings";
import { stackConfig } from "../stack";

function problemsOf(keys: Readonly<Record<string, unknown>>): readonly Problem[] {
  try {
    parseSettings(stackConfig(keys));
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.problems;
  }
}

const app = (env: Readonly<Record<string, unknown>>) => ({
  "eks-istio:apps": {
    web: { namespace: "web", port: 8080, workload: { image: "registry.example.com/web:1", env } },
  },
});

/** Made up, in the shape of each; written in parts so that no scanner takes this file for a leak. */
const made = {
  "an AWS access key": `AKIA${"Q3".repeat(8)}`,
  "a private key": ["-----BEGIN RSA", "PRIVATE KEY-----\nMII"].join(" "),
  "a GitHub token": `ghp_${"a1B2".repeat(9)}`,
  "a GitLab token": `glpat-${"x1".repeat(10)}`,
  "a Slack token": ["xoxb", "123456789", "abc"].join("-"),
  "a Stripe key": `sk_live_${"a1".repeat(12)}`,
  "an npm token": `npm_${"a1B2".repeat(9)}`,
  "an address with a password": "postgres://shop:hunter2@db.example.com/shop",
};

describe("credentials in a stack file", () => {
  for (const [what, text] of Object.entries(made))
    it(`are refused and never shown: ${what}`, () => {
      assert.deepEqual(problemsOf(app({ DATA: text })), [
        {
          key: "eks-istio:apps.web.workload.env.DATA",
          value: "[hidden]",
          rule: `is ${what} in plain text: whoever can read this file, or its history, can use it`,
          fix: "Revoke it where it was issued, put a new one into a Kubernetes Secret, and name that: {secret: NAME, key: KEY}.",
        },
      ]);
    });

  for (const text of [
    "postgres://shop:$(PASSWORD)@db.example.com/shop",
    "https://shop.example.com:8443/a@b",
    "https://user@shop.example.com",
    "AKIAshort",
    "sk_test_a1a1a1a1a1a1a1a1",
    "token",
  ])
    it(`aren't seen in ${text}`, () => assert.deepEqual(problemsOf(app({ DATA: text })), []));

  it("of the provider are refused, whatever they look like", () => {
    const found = problemsOf({ "aws:secretKey": "anything", "aws:accessKey": "anything", "aws:token": "anything" });
    assert.deepEqual(
      found.map(({ key, value }) => [key, value]),
      ["aws:secretKey", "aws:accessKey", "aws:token"].map((key) => [key, "[hidden]"]),
    );
    assert.match(found[0]?.fix ?? "", /aws:profile/);
  });

  it("aren't shown under a key that nobody knows, or as part of a longer value", () => {
    const { "eks-istio:apps": apps } = app({});
    const odd = { ...apps.web, dbPassword: "hunter2", port: { apiKey: "hunter3", note: made["a GitHub token"] } };
    const shown = JSON.stringify(problemsOf({ "eks-istio:apps": { web: odd } }));
    assert.match(shown, /dbPassword/);
    assert.doesNotMatch(shown, /hunter|ghp_/);
  });

  it("aren't shown as a name, nor in how to mend it", () => {
    const [problem, ...others] = problemsOf({
      "eks-istio:tags": {},
      "eks-istio:namespaces": { [made["an AWS access key"]]: {} },
    });
    assert.deepEqual(others, []);
    assert.deepEqual(
      [problem?.key, problem?.value, problem?.fix],
      ["eks-istio:namespaces.[hidden]", "[hidden]", "Rename it."],
    );
  });

  it("aren't shown anywhere below a key that tells of them", () => {
    const secret = { dbPassword: [{ value: "hunter2" }], other: { secure: ["hunter3"] } };
    const shown = JSON.stringify(problemsOf({ "eks-istio:cluster": { version: "1.35", logs: secret } }));
    assert.match(shown, /dbPassword/);
    assert.doesNotMatch(shown, /hunter/);
  });

  it("aren't shown where they are within a list of a key that tells of them", () => {
    const access = [{ claims: { authToken: [{ value: "hunter2" }] } }];
    const web = { namespace: "web", port: 8080, access, jwt: [{ issuer: "https://id.example.org" }] };
    const found = problemsOf({ "eks-istio:apps": { web } });
    assert.deepEqual(
      found.map(({ key, value }) => [key, value]),
      [["eks-istio:apps.web.access[0].claims.authToken[0]", { value: "[hidden]" }]],
    );
  });

  it("are looked for in linear time", () => {
    // Each of these took minutes, as every letter of them may begin a credential.
    for (const part of ["a-", '"kty"']) assert.deepEqual(problemsOf(app({ DATA: part.repeat(200_000) })), []);
  });

  it("are no names of Kubernetes Secrets", () => {
    const [problem] = problemsOf(app({ DATA: { secret: "Not_A_Name", key: "password" } }));
    assert.equal(problem?.value, "Not_A_Name");
  });
});
