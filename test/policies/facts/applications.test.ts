import assert from "node:assert/strict";
import { judge } from "../../../policies/judge";
import { fromPlan } from "../../../policies/sources/plan";
import { recorded } from "../../stack";

const config = {
  "aws:region": "eu-west-1",
  "eks-istio:domain": { name: "example.org" },
  "eks-istio:cluster": {
    version: "1.35",
    publicAccessCidrs: ["203.0.113.0/24"],
    admins: { platform: "arn:aws:iam::123456789012:role/platform" },
  },
};

/** What the rules refuse in a stack with some applications in the namespace `shop`. */
async function refused(apps: Readonly<Record<string, object>>): Promise<string[]> {
  const entries = Object.entries(apps).map(([name, app]) => [name, { namespace: "shop", port: 80, ...app }] as const);
  const resources = await recorded({ ...config, "eks-istio:apps": Object.fromEntries(entries) }, "mixed");
  const { findings } = judge(fromPlan(resources));
  return findings.flatMap(({ severity, rule, resource, message }) =>
    severity === "mandatory" ? `${rule} ${resource}: ${message}` : [],
  );
}

describe("applications that others deploy", () => {
  const cart = { workload: { image: "registry.example.com/cart:1.0" } };

  it("have Services and pods beside those that the stack deploys", async () => {
    assert.deepEqual(await refused({ api: { host: "api" }, cart, inner: {} }), []);
  });

  it("have ServiceAccounts beside those that the stack makes", async () => {
    const apps = { api: { host: "api", namespace: "shop", port: 80 }, cart: { namespace: "shop", port: 80, ...cart } };
    const resources = fromPlan(await recorded({ ...config, "eks-istio:apps": apps }, "mixed"));
    const route = resources.find(({ type }) => type.endsWith(":VirtualService"))!;
    const source = { principals: ["cluster.local/ns/shop/sa/api-v2"] };
    const policy = {
      ...route,
      type: "kubernetes:security.istio.io/v1:AuthorizationPolicy",
      properties: {
        apiVersion: "security.istio.io/v1",
        kind: "AuthorizationPolicy",
        metadata: { name: "own", namespace: "shop" },
        spec: { rules: [{ from: [{ source }] }] },
      },
    };
    const { findings } = judge([...resources, policy]);
    assert.deepEqual(
      findings.filter(({ rule }) => rule === "IST-AUTHZ-PRINCIPAL"),
      [],
    );
  });

  it("are no reason to believe in other names", async () => {
    const resources = fromPlan(
      await recorded(
        {
          ...config,
          "eks-istio:apps": {
            api: { host: "api", namespace: "shop", port: 80 },
            cart: { namespace: "shop", port: 80, ...cart },
          },
        },
        "mixed",
      ),
    );
    const route = resources.find(({ type }) => type.endsWith(":VirtualService"))!;
    const text = JSON.stringify(route.properties).replaceAll("api.shop.svc", "apl.shop.svc");
    const broken = resources.map((one) => (one === route ? { ...one, properties: JSON.parse(text) as object } : one));
    assert.deepEqual(
      judge(broken as typeof resources).findings.flatMap(({ severity, rule }) =>
        severity === "mandatory" ? rule : [],
      ),
      ["IST-ROUTE-DESTINATION"],
    );
  });
});
