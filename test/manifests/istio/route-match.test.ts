import assert from "node:assert/strict";
import fc from "fast-check";
import { httpMatch } from "../../../components/manifests/istio/route-match";
import type { StringMatch } from "../../../components/settings/apps/matches";

/** Whether a Cookie header is matched. Envoy asks that the whole value match, as the expression does by itself. */
function cookieMatches(name: string, match: StringMatch, header: string): boolean {
  const { headers } = httpMatch({ cookies: { [name]: match } });
  const { regex } = headers?.cookie as { readonly regex: string };
  return new RegExp(`^(?:${regex})$`).test(header);
}

describe("a match in Istio's shape", () => {
  it("is as the stack file has it, without what Istio doesn't know", () => {
    const conditions = {
      uri: { prefix: "/a" },
      ignoreUriCase: true,
      method: { exact: "GET" },
      headers: { "x-user": { regex: "[0-9]+" } },
      withoutHeaders: { "x-b": { exact: "" } },
      queryParams: { q: { exact: "1" } },
      port: 443,
    };
    assert.deepEqual(httpMatch({ ...conditions, place: ["routes", 0, "match", 0] }), conditions);
  });

  it("has a cookie beside other headers", () => {
    assert.deepEqual(
      httpMatch({ uri: { exact: "/" }, headers: { "x-user": { exact: "a" } }, cookies: { group: { exact: "beta" } } }),
      {
        uri: { exact: "/" },
        headers: { "x-user": { exact: "a" }, cookie: { regex: "^(.*?;\\s*)?group=beta(;.*)?$" } },
      },
    );
  });
});

describe("a cookie's match", () => {
  const cases: readonly (readonly [string, StringMatch, string, boolean])[] = [
    ["group", { exact: "beta" }, "group=beta", true],
    ["group", { exact: "beta" }, "session=1; group=beta", true],
    ["group", { exact: "beta" }, "session=1;group=beta", true],
    ["group", { exact: "beta" }, "group=beta; session=1", true],
    ["group", { exact: "beta" }, "a=1; group=beta; b=2", true],
    ["group", { exact: "beta" }, "group=beta2", false],
    ["group", { exact: "beta" }, "group=alpha", false],
    ["group", { exact: "beta" }, "mygroup=beta", false],
    ["group", { exact: "beta" }, "a=group=beta", false],
    ["group", { exact: "beta" }, "a=1; mygroup=beta", false],
    ["group", { exact: "beta" }, "Group=beta", false],
    ["group", { exact: "beta" }, "", false],
    ["group", { exact: "" }, "group=", true],
    ["group", { exact: "" }, "group=beta", false],
    ["group", { exact: "a.b" }, "group=a.b", true],
    ["group", { exact: "a.b" }, "group=axb", false],
    ["group", { exact: "a+(b)[c]{1}^$|\\*?" }, "group=a+(b)[c]{1}^$|\\*?", true],
    ["my.group", { exact: "beta" }, "my.group=beta", true],
    ["my.group", { exact: "beta" }, "my-group=beta", false],
    ["$v", { exact: "1" }, "a=1; $v=1", true],
    ["group", { prefix: "be" }, "group=beta", true],
    ["group", { prefix: "be" }, "group=be; a=1", true],
    ["group", { prefix: "be" }, "group=alpha; a=be", false],
    ["group", { prefix: "b." }, "group=beta", false],
    ["group", { prefix: "b." }, "group=b.1; a=2", true],
    ["group", { regex: "[0-9]+" }, "group=12", true],
    ["group", { regex: "[0-9]+" }, "a=1; group=12; b=2", true],
    ["group", { regex: "[0-9]+" }, "group=12a", false],
    ["group", { regex: "alpha|beta" }, "group=alpha", true],
    ["group", { regex: "alpha|beta" }, "a=1; group=alpha; b=2", true],
    ["group", { regex: "alpha|beta" }, "a=1; group=beta; b=2", true],
    ["group", { regex: "alpha|beta" }, "beta", false],
    ["group", { regex: "alpha|beta" }, "x=beta", false],
    ["group", { regex: "alpha|beta" }, "group=gamma; beta", false],
  ];
  for (const [name, match, header, expected] of cases) {
    it(`of ${name} ${JSON.stringify(match)} ${expected ? "holds" : "doesn't hold"} for "${header}"`, () => {
      assert.equal(cookieMatches(name, match, header), expected);
    });
  }

  it("finds any value that a browser can send, wherever it stands, and no other", () => {
    const value = fc.stringMatching(/^[!#-+\--:<-[\]-~]{0,12}$/);
    const others = fc.array(fc.constantFrom("a=1", "xgroup=1", "b=group", "group2=beta"), { maxLength: 3 });
    fc.assert(
      fc.property(value, value, others, others, (wanted, sent, before, after) => {
        assert.equal(
          cookieMatches("group", { exact: wanted }, [...before, `group=${sent}`, ...after].join("; ")),
          wanted === sent,
        );
      }),
      { numRuns: 1000 },
    );
  });
});
