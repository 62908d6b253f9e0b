import assert from "node:assert/strict";
import { keyOf, valueAt } from "../../../components/settings/reading/problems";
import { checkout, refuses } from "../verdicts";

describe("a stack file", () => {
  refuses(
    "that is empty",
    { "aws:region": undefined, "eks-istio:domain": undefined, "eks-istio:cluster": undefined },
    { key: "aws:region", value: undefined, rule: "is required", fix: 'Set it, e.g. "ap-northeast-2".' },
    { key: "eks-istio:domain", value: undefined, rule: "is required", fix: 'Set it, e.g. {"name":"example.com"}.' },
    { key: "eks-istio:cluster", value: undefined, rule: "is required", fix: "Set it." },
  );

  const sections = [
    ["domain", "a map of keys and values", ', e.g. {"name":"example.com"}'],
    ["network", "a map of keys and values"],
    ["cluster", "a map of keys and values"],
    ["mesh", "a map of keys and values"],
    ["gateways", "a map of names and values"],
    ["namespaces", "a map of names and values"],
    ["apps", "a map of names and values"],
    ["tags", "a map of names and values"],
  ] as const;
  for (const [section, kind, example = ""] of sections) {
    for (const value of ["text", 5, true, null, ["a", "list"]]) {
      refuses(
        `whose ${section} is ${JSON.stringify(value)}`,
        { [`eks-istio:${section}`]: value },
        {
          key: `eks-istio:${section}`,
          value,
          rule: `must be ${kind}`,
          fix: `Write ${kind}${example}.`,
        },
      );
    }
  }
});

describe("an application", () => {
  const types = [
    {
      what: "a list for text",
      own: { host: ["pay"] },
      key: "host",
      value: ["pay"],
      kind: "a string",
      example: ', e.g. "checkout"',
    },
    { what: "text for a list", own: { routes: "v1" }, key: "routes", value: "v1", kind: "a list", example: "" },
    {
      what: "a list for a map",
      own: { retries: ["5xx"] },
      key: "retries",
      value: ["5xx"],
      kind: "a map of keys and values",
      example: "",
    },
    {
      what: "a list for names",
      own: { versions: ["v1"] },
      key: "versions",
      value: ["v1"],
      kind: "a map of names and values",
      example: "",
    },
    {
      what: "text for a number",
      own: { port: "http" },
      key: "port",
      value: "http",
      kind: "a number",
      example: ", e.g. 8080",
    },
    {
      what: "text for a switch",
      own: { workload: { image: "a:1", inject: "no" } },
      key: "workload.inject",
      value: "no",
      kind: "true or false",
      example: "",
    },
    {
      what: "an empty key",
      own: { retries: null },
      key: "retries",
      value: null,
      kind: "a map of keys and values",
      example: "",
    },
  ];
  for (const { what, own, key, value, kind, example } of types) {
    refuses(`with ${what}`, checkout(own), {
      key: `eks-istio:apps.checkout.${key}`,
      value,
      rule: `must be ${kind}`,
      fix: `Write ${kind}${example}.`,
    });
  }

  refuses("with a port that isn't whole", checkout({ port: 80.5 }), {
    key: "eks-istio:apps.checkout.port",
    value: 80.5,
    rule: "must be a whole number",
    fix: "Write a whole number, e.g. 8080.",
  });

  refuses("with an empty host", checkout({ host: "" }), {
    key: "eks-istio:apps.checkout.host",
    value: "",
    rule: "must not be empty",
    fix: "Write 1 character or more.",
  });
});

describe("keyOf", () => {
  const keys = [
    ["eks-istio:apps", [], "eks-istio:apps"],
    ["eks-istio:apps", ["reviews", "routes", 0], "eks-istio:apps.reviews.routes[0]"],
    ["eks-istio:apps", ["reviews", "routes", 0, "match", 1, "uri"], "eks-istio:apps.reviews.routes[0].match[1].uri"],
    ["eks-istio:tags", ["a.b"], 'eks-istio:tags["a.b"]'],
    ["eks-istio:tags", [""], 'eks-istio:tags[""]'],
  ] as const;
  for (const [section, path, expected] of keys) {
    it(`writes ${expected} as in the stack file`, () => {
      assert.equal(keyOf(section, path), expected);
    });
  }
});

describe("valueAt", () => {
  const root = { apps: { cart: { routes: [{ to: "v1" }] } } };

  it("follows names and places", () => {
    assert.equal(valueAt(root, ["apps", "cart", "routes", 0, "to"]), "v1");
  });

  it("is the root where the path is empty", () => {
    assert.equal(valueAt(root, []), root);
  });

  const dead = [
    ["apps", "orders", "host"],
    ["apps", "cart", "routes", 1],
    ["apps", "cart", "routes", 0, "to", "version"],
    ["apps", "constructor"],
  ];
  for (const path of dead) {
    it(`finds nothing at ${path.join(".")}`, () => {
      assert.equal(valueAt(root, path), undefined);
    });
  }
});
