import assert from "node:assert/strict";
import { problemsWith } from "./virtual";

/** The problems of an application that says this of itself, in a file that may claim no more than this. */
function problems(app: string, limits: Readonly<Record<string, unknown>>, domain: object = {}) {
  return problemsWith(
    { "apps/a.yaml": `search: {port: 80, ${app}}\n` },
    {
      "eks-istio:domain": { name: "example.com", ...domain },
      "eks-istio:appsFrom": [{ path: "apps", ...limits }],
    },
  ).map(({ key, rule, fix }) => [key, rule, fix]);
}

describe("what files of applications may claim", () => {
  it("is anything, if the entry doesn't say", () => {
    assert.deepEqual(problems("namespace: shop, host: www", {}), []);
  });

  it("is the namespaces of the entry", () => {
    const limits = { namespaces: ["search", "index"] };
    assert.deepEqual(problems("namespace: index", limits), []);
    assert.deepEqual(problems("namespace: shop", limits), [
      [
        "search.namespace",
        "is shop, a namespace that appsFrom[0] doesn't give to this file",
        "Use one of search, index, or add it to appsFrom[0].namespaces in the stack file.",
      ],
    ]);
  });

  it("is no other namespace by a route either: what it leads to would be public with it", () => {
    const limits = { namespaces: ["search"] };
    const routes = (own: string) => `namespace: search, host: www, routes: [{${own}}]`;
    assert.deepEqual(problems(routes("to: {service: index}, mirror: {service: audit, namespace: search}"), limits), []);
    for (const [own, path] of [
      ["to: {service: pay, namespace: shop}", "to.namespace"],
      ["to: [{weight: 50}, {service: pay, namespace: shop, weight: 50}]", "to[1].namespace"],
      ["mirror: [{service: pay, namespace: shop}]", "mirror[0].namespace"],
      ["delegate: {name: pay, namespace: shop}", "delegate.namespace"],
    ] as const)
      assert.deepEqual(problems(routes(own), limits), [
        [
          `search.routes[0].${path}`,
          "is shop, a namespace that appsFrom[0] doesn't give to this file",
          "Use search, or add it to appsFrom[0].namespaces in the stack file.",
        ],
      ]);
  });

  it("is the public names of the entry, before the domain or whole", () => {
    const limits = { hosts: ["search", "find.example.org"] };
    const domain = { additional: [{ name: "example.org" }] };
    assert.deepEqual(problems("namespace: s, hosts: [search, {host: find, domain: example.org}]", limits, domain), []);
    assert.deepEqual(problems("namespace: s, hosts: [{host: search, domain: example.org}, find]", limits, domain), [
      [
        "search.hosts[0].host",
        "is search.example.org, which appsFrom[0] doesn't give to this file",
        "Use one of search, find.example.org, or add it to appsFrom[0].hosts in the stack file.",
      ],
      [
        "search.hosts[1]",
        "is find.example.com, which appsFrom[0] doesn't give to this file",
        "Use one of search, find.example.org, or add it to appsFrom[0].hosts in the stack file.",
      ],
    ]);
  });

  it("is no right in AWS, unless the entry says so", () => {
    const app = 'namespace: s, aws: {policies: ["arn:aws:iam::123456789012:policy/search"]}';
    assert.deepEqual(problems(app, { aws: true }), []);
    assert.deepEqual(problems(app, {}), [
      [
        "search.aws",
        "gives rights in AWS, which appsFrom[0] doesn't let this file do: who may change the file could take any",
        "Write the application in the stack file, or {path: apps, aws: true} as appsFrom[0].",
      ],
    ]);
  });

  it("is no public name, if the list is empty", () => {
    assert.deepEqual(problems("namespace: s, host: www", { hosts: [] }), [
      [
        "search.host",
        "is www.example.com, which appsFrom[0] doesn't give to this file",
        "Use none, or add it to appsFrom[0].hosts in the stack file.",
      ],
    ]);
    assert.deepEqual(problems("namespace: s", { hosts: [] }), []);
  });

  it("is the ways out of the entry", () => {
    const app = "namespace: search, calls: [{external: bank}]";
    const stack = { "eks-istio:external": { bank: { hosts: ["bank.example.org"], port: 443, protocol: "tls" } } };
    const found = (external: readonly string[]) =>
      problemsWith(
        { "apps/a.yaml": `search: {port: 80, ${app}}\n` },
        { ...stack, "eks-istio:appsFrom": [{ path: "apps", external }] },
      ).map(({ key, rule, fix }) => [key, rule, fix]);
    assert.deepEqual(found(["bank"]), []);
    assert.deepEqual(found([]), [
      [
        "search.calls[0]",
        "is external.bank, which appsFrom[0] doesn't give to this file",
        "Use none, or add it to appsFrom[0].external in the stack file.",
      ],
    ]);
  });

  it("is no role in AWS by an annotation", () => {
    const app = (limits: Readonly<Record<string, unknown>>) =>
      problems(
        'namespace: s, workload: {image: "a/b:1", serviceAccount: {annotations: {"eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/a"}}}',
        limits,
      );
    assert.deepEqual(app({ aws: true }), []);
    assert.deepEqual(app({}), [
      [
        'search.workload.serviceAccount.annotations["eks.amazonaws.com/role-arn"]',
        "names a role in AWS, which appsFrom[0] doesn't let this file do",
        "Remove it, or write {path: apps, aws: true} as appsFrom[0].",
      ],
    ]);
  });

  it("is not held against applications of the stack file", () => {
    assert.deepEqual(
      problemsWith(
        { "apps/a.yaml": "search: {namespace: search, port: 80}\n" },
        {
          "eks-istio:apps": { web: { host: "www", namespace: "shop", port: 80 } },
          "eks-istio:appsFrom": [{ path: "apps", namespaces: ["search"], hosts: [] }],
        },
      ),
      [],
    );
  });
});
