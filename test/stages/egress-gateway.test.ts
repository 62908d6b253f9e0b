import assert from "node:assert/strict";
import { planned, type Graph } from "./support";

function plan(sections: object = {}): Promise<Graph> {
  return planned({
    gateways: { egress: { type: "egress" } },
    external: {
      bank: { hosts: ["bank.example.org"], port: 443, protocol: "tls", via: "egress" },
      post: { hosts: ["post.example.org"], port: 443, protocol: "tls" },
    },
    apps: {
      checkout: { namespace: "shop", port: 8080, calls: [{ external: "bank" }] },
      stock: { namespace: "shop", port: 8080, calls: [{ external: "post" }] },
    },
    ...sections,
  });
}

const release = "Release shop-istio-egress/istio-egress";
const exit = "VirtualService shop-external-bank.example.org-exit";
const letsOut = "AuthorizationPolicy shop-access-gateway-egress";

describe("an egress gateway", () => {
  it("is a namespace and a release, in which its Service is one of the cluster's own", async () => {
    const graph = await plan();
    assert.deepEqual(graph.children("stage:EgressGateway shop-egress-gateway-egress"), [
      "kubernetes:core/v1:Namespace shop-istio-egress",
      "kubernetes:helm.sh/v3:Release shop-istio-egress/istio-egress",
    ]);
    const { service } = graph.inputs(release).values as { service: object };
    assert.deepEqual(service, {
      type: "ClusterIP",
      ports: [
        { name: "tls", port: 443, targetPort: 8443, protocol: "TCP" },
        { name: "http2", port: 80, targetPort: 8080, protocol: "TCP" },
      ],
    });
  });

  it("waits for its namespace, istiod and names, and for no load balancer", async () => {
    assert.deepEqual((await plan()).direct(release), [
      "Addon shop-addons-coredns",
      "Namespace shop-istio-egress",
      "Release shop-mesh-istiod",
      "kubernetes shop-kubernetes",
    ]);
  });

  it("has pods before calls are led to it", async () => {
    assert.ok((await plan()).before(exit).includes(release));
  });

  it("is known to who calls by it, and to no other", async () => {
    const graph = await plan();
    const hosts = (app: string) => {
      const { egress } = graph.inputs(`Sidecar shop-app-${app}-sidecar`).spec as { egress: { hosts: string[] }[] };
      return egress[0]?.hosts.filter((host) => host.startsWith("istio-egress/"));
    };
    assert.deepEqual(hosts("checkout"), ["istio-egress/istio-egress.istio-egress.svc.cluster.local"]);
    assert.deepEqual(hosts("stock"), []);
  });

  for (const byDefault of ["deny", "dryRun"])
    it(`lets out before calls are led to it, where the mesh says ${byDefault}`, async () => {
      const graph = await plan({ mesh: { access: { default: byDefault } } });
      assert.ok(graph.direct(exit).includes(letsOut));
    });

  it("has no rules in an open mesh", async () => {
    assert.deepEqual((await plan()).ofType(/:AuthorizationPolicy$/), []);
  });

  it("takes connections of applications alone in a closed network", async () => {
    const graph = await plan({ cluster: { networkPolicies: true } });
    assert.deepEqual(graph.inputs("NetworkPolicy shop-network-policies-istio-egress.from-applications").spec, {
      podSelector: { matchLabels: { app: "istio-egress", istio: "egress" } },
      policyTypes: ["Ingress"],
      ingress: [
        {
          from: [
            {
              namespaceSelector: {
                matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "In", values: ["shop"] }],
              },
            },
          ],
          ports: [
            { protocol: "TCP", port: 8443 },
            { protocol: "TCP", port: 8080 },
          ],
        },
      ],
    });
    assert.ok(
      graph.ofType(/:NetworkPolicy$/).includes("NetworkPolicy shop-network-policies-istio-egress.default-deny-ingress"),
    );
  });

  it("stays closed to everybody in a closed network without applications", async () => {
    const graph = await plan({ apps: {}, cluster: { networkPolicies: true } });
    assert.deepEqual(
      graph.ofType(/:NetworkPolicy$/).filter((policy) => policy.includes("istio-egress.")),
      ["NetworkPolicy shop-network-policies-istio-egress.default-deny-ingress"],
    );
  });
});
