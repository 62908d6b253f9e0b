import assert from "node:assert/strict";
import { until } from "../cluster/daemon";
import type { KubernetesObject } from "../cluster/api";
import type { Host } from "../cluster/host";
import { useMesh } from "./use-mesh";

/** A VirtualService of another team's, for a host of the gateway that no application has. */
function claim(host: string, namespace: string): KubernetesObject {
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata: { name: host, namespace },
    spec: {
      hosts: [`${host}.example.com`],
      gateways: ["istio-ingress/wildcard"],
      http: [{ route: [{ destination: { host: "web.shop.svc.cluster.local", port: { number: 8080 } } }] }],
    },
  };
}

describe("a gateway that names the namespaces of its hosts", () => {
  const mesh = useMesh("gateway-namespaces.yaml", async (started) => {
    await started.install();
    // The one that isn't to be served comes first: when the other is, istiod has seen both.
    await started.api.apply(claim("stolen", "elsewhere"));
    await started.api.apply(claim("shared", "teams"));
  });
  let internet: Host;
  before(async () => {
    internet = await mesh().outside("internet", "203.0.113.7");
    await until("the rule of the namespace that it names", async () =>
      (await status("shared", 8443)) === 200 ? true : undefined,
    );
  });

  it("serves an application's host", async () => assert.equal(await status("web", 8443), 200));

  it("serves a host that a namespace of its list takes", async () => assert.equal(await status("shared", 8443), 200));

  it("answers 404 for a host that another namespace takes", async () =>
    assert.equal(await status("stolen", 8443), 404));

  it("redirects to https what it serves, and nothing else", async () => {
    assert.equal(await status("web", 8081), 301);
    assert.equal(await status("stolen", 8081), 404);
  });

  it("has its namespaces closed by policies that the API server takes", async () => {
    const policies = await mesh().api.list("networking.k8s.io/v1", "NetworkPolicy");
    assert.deepEqual(policies.map(({ metadata }) => `${metadata.namespace ?? ""} ${metadata.name}`).sort(), [
      "elsewhere default-deny-ingress",
      "elsewhere from-applications",
      "istio-ingress clients-to-default",
      "istio-ingress default-deny-ingress",
      "istio-system default-deny-ingress",
      "istio-system istiod",
      "shop default-deny-ingress",
      "shop from-applications",
      "shop from-gateway-default",
      "teams default-deny-ingress",
      "teams from-applications",
    ]);
  });

  async function status(host: string, port: number): Promise<number | undefined> {
    const { address } = await mesh().gateway();
    return (await internet.call({ host: `${host}.example.com`, port, address })).status;
  }
});
