import assert from "node:assert/strict";
import { wordHere, wordsMissing } from "../../../components/settings/reading/foreign-words";
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
    [
      "on, this project's word once",
      { retries: { attempts: 1, on: ["5xx"] } },
      'It is "retryOn", as in Istio: retryOn: [connect-failure, refused-stream].',
    ],
    [
      "on, where a tool read it as true",
      { retries: { attempts: 1, true: ["5xx"] } },
      'If this was "on", it is "retryOn", as in Istio: retryOn: [connect-failure, refused-stream].',
    ],
    [
      "cors",
      { cors: {} },
      "It is Istio's corsPolicy, below a route: routes: [{corsPolicy: {allowOrigins: [{exact: https://www.example.com}]}}].",
    ],
    ["mtls", { mtls: "STRICT" }, "It is set for the mesh, by mesh.mtls; tls is for calls to this application."],
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

describe("a word of another tool", () => {
  for (const [what, keys, fix] of [
    ["www", { www: true }, 'Several names of an application are a list: hosts: ["@", www].'],
    ["Kubernetes' own", { readinessProbe: {} }, 'It is "readiness" here: {path: /health}, below workload.'],
    [
      "for what this project doesn't have",
      { karpenter: true },
      "Remove it: this project has no Karpenter. With a node autoscaler of your own, set cluster.nodeGroups.NAME.autoscaled: true.",
    ],
    [
      "in the plural, with other capitals",
      { ServiceEntries: [] },
      "What lies outside of the mesh is external: {NAME: {hosts: […], port: 443, protocol: tls}}.",
    ],
  ] as const) {
    it(`is answered with what it is here: ${what}`, () => {
      assert.deepEqual(fixFor(keys), [fix]);
    });
  }

  it("is not taken for a name that every object has", () => {
    assert.equal(wordHere("constructor", []), undefined);
    assert.equal(wordsMissing("toString"), undefined);
  });
});

describe("a key in the wrong place", () => {
  for (const [key, fix] of [
    ["corsPolicy", "Its place is apps.NAME.routes[].corsPolicy."],
    ["image", "Its place is apps.NAME.versions.NAME.image or apps.NAME.workload.image."],
    ["vpcId", "Its place is network.existing.vpcId."],
    ["nodeGroups", "Its place is cluster.nodeGroups."],
    ["region", "Its place is aws:region."],
  ] as const) {
    it(`is answered with the right one: ${key}`, () => {
      assert.deepEqual(fixFor({ [key]: {} }), [fix]);
    });
  }
});

describe("a key without a value", () => {
  it("may be the rest of a text that a comma ended", () => {
    assert.deepEqual(fixFor({ retries: { attempts: 1, retryOn: "reset", "503": null } }), [
      "Remove it. Known here: attempts, perTryTimeout, retryOn, retryRemoteLocalities. If it belongs to the text before it, put that in quotes: in {…} and […] a comma ends it.",
    ]);
  });
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

  it("is told to be quoted with the version that YAML cut short", () => {
    assert.deepEqual(
      problemsOf({ "eks-istio:cluster": { version: 1.3 } }).map(({ rule, fix }) => [rule, fix]),
      [["must be a string, and YAML reads it as a number", 'Write one of "1.33", "1.34", "1.35", "1.36", in quotes.']],
    );
    assert.deepEqual(
      problemsOf({
        "eks-istio:apps": {
          checkout: { namespace: "shop", port: 8080, versions: { v1: { labels: { version: 1.1 } } } },
        },
      }).map(({ fix }) => fix),
      ['Put it in quotes: "1.1", or "1.10" if that was meant.'],
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
