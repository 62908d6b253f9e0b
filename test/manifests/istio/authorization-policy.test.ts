import assert from "node:assert/strict";
import { authorizationPolicies } from "../../../components/manifests/istio/authorization-policy";
import { defaultAccess } from "../../../components/manifests/istio/default-access";
import { requestAuthentication } from "../../../components/manifests/istio/request-authentication";
import { gatewayOf } from "../../stack";
import { openAccess as access } from "../app";

const head = { apiVersion: "security.istio.io/v1", kind: "AuthorizationPolicy" };

describe("an application's AuthorizationPolicies", () => {
  it("are none without rules", () => {
    assert.deepEqual(authorizationPolicies(access), []);
  });

  it("are one for each action", () => {
    const rule = { sources: [], operation: {}, conditions: [] };
    const objects = authorizationPolicies({
      ...access,
      rules: [
        { ...rule, action: "ALLOW" },
        { ...rule, action: "CUSTOM", provider: "opa" },
        { ...rule, action: "DENY" },
        { ...rule, action: "ALLOW" },
        { ...rule, action: "AUDIT" },
      ],
    });
    assert.deepEqual(
      objects.map(({ key, object: { metadata, spec } }) => [key, metadata.name, (spec as { rules: [] }).rules.length]),
      [
        ["access-allow", "checkout.allow", 2],
        ["access-custom", "checkout.custom", 1],
        ["access-deny", "checkout.deny", 1],
        ["access-audit", "checkout.audit", 1],
      ],
    );
  });

  it("write what must hold together into one rule", () => {
    const [policy] = authorizationPolicies({
      ...access,
      rules: [
        {
          action: "ALLOW",
          sources: [
            { principals: ["cluster.local/ns/shop/sa/web"], requestPrincipals: ["https://id.example.org/*"] },
            { namespaces: ["jobs"] },
          ],
          operation: { methods: ["POST"], paths: ["/pay"], ports: [8080] },
          conditions: [{ key: "request.headers[x-tier]", notValues: ["free"] }],
        },
      ],
    });
    assert.deepEqual(policy?.object, {
      ...head,
      metadata: { name: "checkout.allow", namespace: "shop" },
      spec: {
        selector: { matchLabels: { app: "checkout" } },
        action: "ALLOW",
        rules: [
          {
            from: [
              {
                source: {
                  principals: ["cluster.local/ns/shop/sa/web"],
                  requestPrincipals: ["https://id.example.org/*"],
                },
              },
              { source: { namespaces: ["jobs"] } },
            ],
            to: [{ operation: { methods: ["POST"], paths: ["/pay"], ports: ["8080"] } }],
            when: [{ key: "request.headers[x-tier]", notValues: ["free"] }],
          },
        ],
      },
    });
  });

  it("ask the authorizer by its name", () => {
    const [policy] = authorizationPolicies({
      ...access,
      rules: [{ action: "CUSTOM", provider: "opa", sources: [], operation: { paths: ["/admin/*"] }, conditions: [] }],
    });
    assert.deepEqual(policy?.object.spec, {
      selector: { matchLabels: { app: "checkout" } },
      action: "CUSTOM",
      provider: { name: "opa" },
      rules: [{ to: [{ operation: { paths: ["/admin/*"] } }] }],
    });
  });

  it("only count in a dry run", () => {
    const [policy] = authorizationPolicies({
      ...access,
      enforcement: "dryRun",
      rules: [{ action: "ALLOW", sources: [], operation: {}, conditions: [] }],
    });
    assert.deepEqual(policy?.object.metadata, {
      name: "checkout.allow",
      namespace: "shop",
      annotations: { "istio.io/dry-run": "true" },
    });
  });

  it("ask no authorizer in a dry run, which Istio's webhook refuses, and audit as they do without one", () => {
    const rule = { sources: [], operation: {}, conditions: [] };
    const policies = authorizationPolicies({
      ...access,
      enforcement: "dryRun",
      rules: [
        { ...rule, action: "CUSTOM", provider: "opa" },
        { ...rule, action: "AUDIT" },
      ],
    });
    assert.deepEqual(
      policies.map(({ key, object: { metadata } }) => [key, metadata]),
      [["access-audit", { name: "checkout.audit", namespace: "shop" }]],
    );
  });
});

describe("an application's RequestAuthentication", () => {
  it("is none without issuers", () => {
    assert.equal(requestAuthentication(access), undefined);
  });

  it("has the issuers in Istio's words", () => {
    const issuer = { issuer: "https://id.example.org", jwksUri: "https://id.example.org/keys", audiences: ["shop"] };
    assert.deepEqual(requestAuthentication({ ...access, issuers: [issuer] }), {
      apiVersion: "security.istio.io/v1",
      kind: "RequestAuthentication",
      metadata: { name: "checkout", namespace: "shop" },
      spec: { selector: { matchLabels: { app: "checkout" } }, jwtRules: [issuer] },
    });
  });
});

describe("a mesh that is closed by default", () => {
  const gateways = [gatewayOf()];
  const open = {
    ...head,
    metadata: { name: "istio-ingress", namespace: "istio-ingress" },
    spec: {
      selector: { matchLabels: { app: "istio-ingress", istio: "ingress" } },
      action: "ALLOW",
      rules: [{}],
    },
  };
  const closed = { ...head, metadata: { name: "allow-nothing", namespace: "istio-system" }, spec: {} };

  it("is closed last, when gateways and applications let in what they should", () => {
    assert.deepEqual(defaultAccess({ gateways, waysOut: [] }, "enforced", ["applications"]), [
      { key: "gateway-default", object: open, after: ["namespace/istio-ingress"] },
      { key: "closed", object: closed, after: ["gateway-default", "applications"] },
    ]);
  });

  it("is opened first on the way back to counting", () => {
    const annotations = { "istio.io/dry-run": "true" };
    assert.deepEqual(defaultAccess({ gateways, waysOut: [] }, "dryRun", ["applications"]), [
      { key: "closed", object: { ...closed, metadata: { ...closed.metadata, annotations } }, after: [] },
      {
        key: "gateway-default",
        object: { ...open, metadata: { ...open.metadata, annotations } },
        after: ["namespace/istio-ingress", "closed"],
      },
    ]);
  });
});
