import assert from "node:assert/strict";
import { appOf } from "./expect";
import type { Ask, Routing } from "./routing";

/** Requests that a match leads to v3, which has no weight: nothing else leads there. */
const leading: readonly (readonly [what: string, path: string, ask?: Ask])[] = [
  ["a header", "/", { headers: { "end-user": "tester" } }],
  ["two headers, by prefix and expression", "/", { headers: { "x-prefix": "best", "x-regex": "42" } }],
  ["a cookie", "/", { headers: { cookie: "beta=1" } }],
  ["the first of several cookies", "/", { headers: { cookie: "beta=1; other=2" } }],
  ["a cookie between others", "/", { headers: { cookie: "one=0; beta=1; other=2" } }],
  ["the last of several cookies", "/", { headers: { cookie: "one=0;beta=1" } }],
  ["a cookie's beginning", "/", { headers: { cookie: "a=b; group=early-birds; c=d" } }],
  ["a cookie by expression", "/", { headers: { cookie: "ring=2; c=d" } }],
  ["a query parameter", "/?a=b&version=3"],
  ["a query parameter without a value", "/?flag="],
  ["a query parameter by expression", "/?build=1234"],
  ["the method", "/", { method: "PATCH", body: "{}" }],
  ["a header that is missing", "/guests"],
  ["a header that is another", "/guests", { headers: { authorization: "Basic x" } }],
];

/** Near misses of those. */
const missing: readonly (readonly [what: string, path: string, ask?: Ask])[] = [
  ["another value of a header", "/", { headers: { "end-user": "tester2" } }],
  ["one of two headers", "/", { headers: { "x-prefix": "best" } }],
  ["a header that an expression matches in part", "/", { headers: { "x-prefix": "best", "x-regex": "42b" } }],
  ["another value of a cookie", "/", { headers: { cookie: "beta=11" } }],
  ["a cookie whose name ends alike", "/", { headers: { cookie: "xbeta=1" } }],
  ["a cookie's value that looks like the cookie", "/", { headers: { cookie: "other=beta=1" } }],
  ["a cookie beyond the expression", "/", { headers: { cookie: "ring=3; beta=0" } }],
  ["another value of a query parameter", "/?version=33"],
  ["a query parameter that an expression matches in part", "/?build=12b"],
  ["another method", "/", { method: "DELETE" }],
  ["a header that must not be there", "/guests", { headers: { authorization: "Bearer x" } }],
];

/** Conditions on the request and on the caller. */
export function matches(routing: () => Routing): void {
  for (const [where, way] of [
    ["through the gateway", "outside"],
    ["from inside the mesh", "inside"],
  ] as const)
    describe(`a match, ${where}`, () => {
      for (const [what, path, ask] of leading)
        it(`by ${what} leads where it says`, async () => {
          assert.equal(appOf(await routing()[way]("reviews", path, ask)), "reviews-v3");
        });

      for (const [what, path, ask] of missing)
        it(`doesn't hold for ${what}`, async () => {
          assert.match(appOf(await routing()[way]("reviews", path, ask)), /^reviews-v[12]$/);
        });
    });

  describe("a match by who calls", () => {
    it("holds for callers in that namespace", async () => {
      assert.equal(appOf(await routing().insideBy("caller", "reviews", "/namespace")), "reviews-v3");
      assert.equal(appOf(await routing().insideBy("web", "reviews", "/namespace")), "reviews-v1");
    });

    it("holds for callers with those labels", async () => {
      assert.equal(appOf(await routing().insideBy("web", "reviews", "/labels")), "reviews-v3");
      assert.equal(appOf(await routing().insideBy("caller", "reviews", "/labels")), "reviews-v1");
    });

    it("never holds for requests from outside, also where it names the gateway", async () => {
      assert.equal(appOf(await routing().outside("reviews", "/gateway")), "reviews-v1");
      assert.equal(appOf(await routing().outside("reviews", "/namespace")), "reviews-v1");
      assert.equal(appOf(await routing().outside("reviews", "/labels")), "reviews-v1");
    });
  });

  describe("a match by the Host header", () => {
    it("holds for that name of a service alone", async () => {
      const headers = (host: string) => ({ headers: { host } });
      assert.equal(appOf(await routing().inside("reviews", "/", headers("reviews.bookinfo"))), "reviews-v3");
      assert.match(appOf(await routing().inside("reviews", "/", headers("reviews.bookinfo.svc"))), /^reviews-v[12]$/);
    });
  });
}
