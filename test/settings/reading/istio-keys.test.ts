import assert from "node:assert/strict";
import { problemsOf } from "../../stack";

/** The fix for an unknown key of an application. */
function fixFor(keys: Readonly<Record<string, unknown>>): readonly string[] {
  return problemsOf({ "eks-istio:apps": { checkout: { namespace: "shop", port: 8080, ...keys } } })
    .filter(({ rule }) => rule === "is not a known key")
    .map(({ fix }) => fix);
}

describe("what is copied from Istio's documentation", () => {
  for (const [what, keys, fix] of [
    ["http", { http: [] }, 'It is "routes" here, directly below the application.'],
    [
      "trafficPolicy",
      { trafficPolicy: {} },
      "Write loadBalancer, connectionPool, outlierDetection and tls directly below the application.",
    ],
    ["subsets", { subsets: [] }, 'It is "versions" here: a map of names, each with its weight.'],
    ["retryOn", { retries: { attempts: 1, retryOn: "5xx" } }, 'It is "on" here, as a list: [5xx, reset].'],
    [
      "route",
      { routes: [{ route: [] }] },
      'It is "to" here: a version, {service: …}, or a list of {version: …, weight: …}.',
    ],
    ["subset", { routes: [{ to: [{ subset: "v1", weight: 100 }] }] }, 'It is "version" here.'],
  ] as const) {
    it(`is told its name here: ${what}`, () => {
      assert.deepEqual(fixFor(keys), [fix]);
    });
  }
});

describe("a number where a string belongs", () => {
  const timeout = (value: unknown) =>
    problemsOf({ "eks-istio:apps": { checkout: { namespace: "shop", port: 8080, timeout: value } } });

  it("is not told to be quoted where quotes alone don't mend it", () => {
    assert.deepEqual(
      timeout(5).map(({ fix }) => fix),
      ['Write it like "10s".'],
    );
  });

  it("is told to be quoted where they do", () => {
    assert.deepEqual(
      problemsOf({ "eks-istio:cluster": { version: 1.35 } }).map(({ fix }) => fix),
      ['Put it in quotes: "1.35".'],
    );
  });
});

describe("destinations with weights", () => {
  it("need a weight each", () => {
    const checkout = {
      namespace: "shop",
      port: 8080,
      versions: { v1: { weight: 100 }, v2: {} },
      routes: [{ to: [{ version: "v1", weight: 100 }, { version: "v2" }] }],
    };
    assert.deepEqual(problemsOf({ "eks-istio:apps": { checkout } }), [
      {
        key: "eks-istio:apps.checkout.routes[0].to[1].weight",
        value: undefined,
        rule: "is required where there are several destinations",
        fix: "Write its share in percent.",
      },
    ]);
  });
});
