import assert from "node:assert/strict";
import { parse } from "yaml";
import { SettingsError, type Problem } from "../../../components/settings/errors";
import { located } from "../../../components/settings/reading/located";

const text = `# A stack.
config:
  aws:region: eu-west-1
  shop:domain: {name: example.com, "a.b": 1}
  tags:
    team: platform
  shop:apps:
    base: &base {namespace: shop, port: 80}
    web:
      <<: *base
      routes:
        - to: v1
        - {to: v2, match: [{uri: {prefix: /}}]}
    copy: *base
  shop:domain.zone: x
`;

/** The places of these keys, as LINE:COLUMN. */
function places(keys: readonly string[], own: Readonly<Record<string, unknown>> = {}, value?: unknown) {
  const { config } = parse(text, { merge: true }) as { config: Record<string, unknown> };
  const all = Object.entries({ ...config, ...own }).map(([key, each]) => [
    key.includes(":") ? key : `shop:${key}`,
    typeof each === "string" ? each : JSON.stringify(each),
  ]);
  const values = Object.fromEntries(all.filter(([, each]) => each !== undefined)) as Record<string, string>;
  const problems = keys.map((key): Problem => ({ key, value, rule: "is wrong", fix: "Mend it." }));
  const found = located(
    new SettingsError(problems, ""),
    { project: "shop", stack: "dev", values },
    { file: "Pulumi.dev.yaml", text },
  );
  return Object.fromEntries(found.problems.map(({ key, place }) => [key, place && `${place.line}:${place.column}`]));
}

describe("the place of a problem in the stack file", () => {
  for (const [what, key, place] of [
    ["a section's", "shop:apps", "7:3"],
    ["that of a key of another package", "aws:region", "3:3"],
    ["that of a section without a namespace", "shop:tags.team", "6:5"],
    ["a key's, however deep", "shop:apps.web.routes[1].match[0].uri.prefix", "13:35"],
    ["an entry's of a list", "shop:apps.web.routes[0]", "12:11"],
    ["that of a name with dots", 'shop:domain["a.b"]', "4:36"],
    ["that of a key that is a path itself", "shop:domain.zone", "15:3"],
    ["where a merged key is written", "shop:apps.web.port", "8:35"],
    ["where a key below an alias is written", "shop:apps.copy.port", "8:35"],
    ["for a key that is missing, what it would stand in", "shop:apps.web.workload.image", "9:5"],
    ["for a section that is missing, config", "shop:cluster.version", "2:1"],
  ] as const)
    it(`is ${what}`, () => assert.deepEqual(places([key]), { [key]: place }));

  it("is none in a section whose values are from elsewhere", () => {
    assert.deepEqual(places(["shop:apps.web.port", "shop:tags.team"], { "shop:apps": { web: { port: 81 } } }), {
      "shop:apps.web.port": undefined,
      "shop:tags.team": "6:5",
    });
  });

  it("is none for a value that another file has", () => {
    assert.deepEqual(places(["shop:mesh.version"], { "shop:mesh": { version: "1" } }, "1"), {
      "shop:mesh.version": undefined,
    });
  });

  it("orders the problems", () => {
    assert.deepEqual(Object.keys(places(["shop:apps.web", "shop:tags", "aws:region"])), [
      "aws:region",
      "shop:tags",
      "shop:apps.web",
    ]);
  });
});
