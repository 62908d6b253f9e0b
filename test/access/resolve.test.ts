import assert from "node:assert/strict";
import type { AccessRule } from "../../components/access/model";
import { accessOf } from "../manifests/app";
import { settingsOf } from "../stack";

/** Who may call `checkout`, in a stack with `web` and `stock` beside it and a second gateway. */
function access(own: object, mesh: object = {}) {
  const app = { namespace: "shop", port: 8080 };
  const settings = settingsOf({
    "eks-istio:mesh": mesh,
    "eks-istio:gateways": { default: {}, internal: { scheme: "internal" } },
    "eks-istio:domain": {
      name: "example.com",
      gateway: "default",
      additional: [{ name: "corp.example.org", gateway: "internal" }],
    },
    "eks-istio:apps": {
      checkout: { ...app, ...own },
      web: { ...app, workload: { image: "registry.example.com/web:1.4.2", serviceAccount: { name: "frontend" } } },
      stock: { namespace: "stock", port: 8080, serviceAccount: "warehouse" },
    },
  });
  return accessOf(settings.apps[0]!, settings);
}

function rules(own: object): readonly AccessRule[] {
  return access(own).rules;
}

const jwt = [{ issuer: "https://id.example.org", audiences: ["shop"], jwksUri: "https://id.example.org/keys" }];

describe("who may call an application", () => {
  it("is nothing that the stack file doesn't say", () => {
    assert.deepEqual(access({}), {
      app: "checkout",
      namespace: "shop",
      pods: { app: "checkout" },
      enforcement: "enforced",
      closed: false,
      issuers: [],
      rules: [],
    });
  });

  it("holds for the pods that others deploy, by the labels that they have", () => {
    assert.deepEqual(access({ selector: { "app.kubernetes.io/name": "pay" } }).pods, {
      "app.kubernetes.io/name": "pay",
    });
  });

  it("is an application by the identity of its ServiceAccount, whoever deploys it", () => {
    assert.deepEqual(rules({ access: [{ from: [{ app: "web" }, { app: "stock" }] }] }), [
      {
        place: ["access", 0],
        action: "ALLOW",
        sources: [
          { principals: ["cluster.local/ns/shop/sa/frontend"] },
          { principals: ["cluster.local/ns/stock/sa/warehouse"] },
        ],
        operation: {},
        conditions: [],
      },
    ]);
  });

  it("is a gateway by the identity that its chart gives it", () => {
    assert.deepEqual(rules({ access: [{ from: [{ gateway: "internal" }] }] })[0]?.sources, [
      { principals: ["cluster.local/ns/istio-ingress-internal/sa/istio-ingress-internal"] },
    ]);
  });

  it("lets an address in only as a gateway saw it: a caller inside the mesh could claim it", () => {
    assert.deepEqual(rules({ access: [{ from: [{ ip: "203.0.113.0/24" }] }] })[0]?.sources, [
      {
        principals: [
          "cluster.local/ns/istio-ingress/sa/istio-ingress",
          "cluster.local/ns/istio-ingress-internal/sa/istio-ingress-internal",
        ],
        remoteIpBlocks: ["203.0.113.0/24"],
      },
    ]);
  });

  it("lets an address in through the gateway that its entry names", () => {
    assert.deepEqual(rules({ access: [{ from: [{ ip: ["203.0.113.0/24"], gateway: "default" }] }] })[0]?.sources, [
      { principals: ["cluster.local/ns/istio-ingress/sa/istio-ingress"], remoteIpBlocks: ["203.0.113.0/24"] },
    ]);
  });

  it("refuses an address for everybody who claims it, token or none", () => {
    assert.deepEqual(rules({ jwt, access: [{ action: "DENY", from: [{ ip: "203.0.113.0/24" }] }] })[0]?.sources, [
      { remoteIpBlocks: ["203.0.113.0/24"] },
    ]);
  });

  it("asks for caller and token in one rule: of two rules, one would be enough", () => {
    assert.deepEqual(
      rules({ jwt, access: [{ from: [{ app: "web" }], methods: ["POST"], claims: { scope: ["pay"] } }] }),
      [
        {
          place: ["access", 0],
          action: "ALLOW",
          sources: [
            { principals: ["cluster.local/ns/shop/sa/frontend"], requestPrincipals: ["https://id.example.org/*"] },
          ],
          operation: { methods: ["POST"] },
          conditions: [{ key: "request.auth.claims[scope]", values: ["pay"] }],
        },
      ],
    );
  });

  it("asks for a token of any caller where a rule names none", () => {
    assert.deepEqual(rules({ jwt, access: [{ paths: ["/pay"] }] })[0]?.sources, [
      { requestPrincipals: ["https://id.example.org/*"] },
    ]);
  });

  it("asks for no token where a rule says so", () => {
    assert.deepEqual(rules({ jwt, access: [{ from: [{ namespace: "jobs" }], token: false }] })[0]?.sources, [
      { namespaces: ["jobs"] },
    ]);
  });

  it("refuses requests without a token where no rule lets in", () => {
    const withoutToken = {
      action: "DENY",
      sources: [{ notRequestPrincipals: ["*"] }],
      operation: {},
      conditions: [],
    };
    assert.deepEqual(rules({ jwt }), [withoutToken]);
    assert.deepEqual(rules({ jwt, access: [{ action: "DENY", paths: ["/admin"] }] }).at(-1), withoutToken);
  });

  it("reads inner claims", () => {
    assert.deepEqual(rules({ jwt, access: [{ claims: { realm_access: { roles: ["admin"] } } }] })[0]?.conditions, [
      { key: "request.auth.claims[realm_access][roles]", values: ["admin"] },
    ]);
  });

  it("is only counted in a dry run, the application's own rules included", () => {
    assert.equal(access({}, { access: { default: "dryRun" } }).enforcement, "dryRun");
    assert.equal(access({}, { access: { default: "deny" } }).enforcement, "enforced");
  });
});
