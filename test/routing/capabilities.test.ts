import assert from "node:assert/strict";
import { istio } from "../../components/manifests/istio/renderer";
import { inexpressible, type Capabilities } from "../../components/routing/capabilities";
import { portsOf, resolveApp } from "../../components/routing/resolve";
import { everyFeature } from "../schemas/every-feature";
import { settingsOf } from "../stack";
import { appOf } from "../manifests/app";

/** About what every implementation of Gateway API has: no renderer of ours yet. */
const narrow: Capabilities = {
  api: "Gateway API's HTTPRoute",
  expresses: new Set([
    "match.uri.exact",
    "match.uri.prefix",
    "match.method.exact",
    "match.headers.exact",
    "match.queryParams.exact",
    "rewrite.uri",
    "rewrite.authority",
    "redirect.scheme",
    "redirect.uri",
    "redirect.authority",
    "redirect.port",
    "redirect.redirectCode",
    "timeout",
    "versions",
    "name",
  ]),
};

/** What can't be written, as `place: fix`. */
function refused(keys: string, renderer = narrow): string[] {
  const app = appOf(keys);
  const found = inexpressible(app, resolveApp(app, portsOf([app])), renderer);
  return found.map(({ path, fix }) => `${path.join(".")}: ${fix}`);
}

describe("what a renderer can't write", () => {
  it("is told with its place, the rule and the way out", () => {
    const app = appOf("routes: [{match: [{uri: {prefix: /a}}, {headers: {x-user: {regex: a.*}}}]}]");
    assert.deepEqual(inexpressible(app, resolveApp(app, portsOf([app])), narrow), [
      {
        path: ["routes", 0, "match", 1, "headers", "x-user", "regex"],
        rule: "can't be written in Gateway API's HTTPRoute",
        fix: "Write exact instead.",
      },
    ]);
  });

  it("names another way to compare a text, if there is one", () => {
    assert.deepEqual(
      refused("routes: [{match: [{uri: {regex: /a}, authority: {exact: a}, cookies: {beta: {exact: '1'}}}]}]"),
      [
        "routes.0.match.0.uri.regex: Write exact or prefix instead.",
        "routes.0.match.0.authority.exact: Remove it.",
        "routes.0.match.0.cookies.beta.exact: Remove it.",
      ],
    );
  });

  it("is each plain condition, rewrite, retry, CORS and traffic policy that it lacks", () => {
    assert.deepEqual(
      refused(`
host: checkout
connectionPool: {tcp: {maxConnections: 1}}
tls: {mode: DISABLE}
routes:
  - match: [{port: 80, ignoreUriCase: true}, {sourceNamespace: shop}]
    rewrite: {uriRegexRewrite: {match: a, rewrite: b}}
    corsPolicy: {allowOrigins: [{exact: a}]}
    retries: {attempts: 1}`),
      [
        "routes.0.match.0.ignoreUriCase: Remove it.",
        "routes.0.match.0.port: Remove it.",
        "routes.0.corsPolicy: Remove it.",
        "routes.0.rewrite.uriRegexRewrite: Remove it.",
        "routes.0.retries.attempts: Remove it.",
        "routes.0.match.1.sourceNamespace: Remove it.",
        "connectionPool: Remove it.",
        "tls: Remove it.",
      ],
    );
  });

  it("stands where it was said: retries of the application, once for all its routes and origins", () => {
    assert.deepEqual(refused("host: checkout\nretries: {attempts: 1}\nroutes: [{match: [{uri: {prefix: /a}}]}]"), [
      "retries.attempts: Remove it.",
    ]);
  });

  it("is, for a scheme that the platform gave a redirect, the redirect", () => {
    const without = new Set(["redirect.uri", "match.uri.exact"] as const);
    assert.deepEqual(
      refused("host: checkout\nroutes: [{match: [{uri: {exact: /a}}], redirect: {uri: /b}}]", {
        api: "a",
        expresses: without,
      }),
      ["routes.0.redirect: Remove it."],
    );
  });

  it("is nothing for an application that keeps to what it has", () => {
    const keys =
      "host: checkout\nversions: {v1: {weight: 100}, v2: {}}\ntimeout: 5s\nroutes: [{name: a, match: [{uri: {prefix: /a}, method: {exact: GET}}], to: v2, headers: {request: {remove: [a]}}}, {redirect: {uri: /b}}]";
    assert.deepEqual(refused(keys), []);
  });

  it("is nothing for Istio, whatever an application says", () => {
    const { apps } = settingsOf(everyFeature);
    const found = apps.flatMap((app) => inexpressible(app, resolveApp(app, portsOf(apps)), istio));
    assert.deepEqual(found, []);
  });
});
