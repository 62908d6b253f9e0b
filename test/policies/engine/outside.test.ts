import assert from "node:assert/strict";
import { evaluate } from "../../../policies/engine/evaluate";
import { Inventory } from "../../../policies/engine/inventory";
import { rules } from "../../../policies/rules";
import { noSettings } from "../../../policies/engine/settings";
import { fromYaml } from "../../../policies/sources/yaml";

/** A part of somebody's manifests, in which everything leads to what isn't there. */
const part = `
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec: {selector: {app: cart}, ports: [{name: http, port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: shop}
spec:
  selector: {matchLabels: {app: cart}}
  template: {metadata: {labels: {app: cart, version: v1}}, spec: {containers: [{name: cart, image: "cart:1"}]}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: own-gateway, namespace: shop}
spec:
  selector: {matchLabels: {istio: own}}
  template: {metadata: {labels: {istio: own}}, spec: {containers: [{name: istio-proxy, image: auto}]}}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: web, namespace: shop}
spec: {selector: {istio: ingress}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [web, shared]
  http:
    - match: [{uri: {prefix: /legacy}}]
      route: [{destination: {host: legacy}}]
    - route: [{destination: {host: cart, subset: v1}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: legacy, namespace: shop}
spec: {host: legacy}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: legacy, namespace: shop}
spec: {selector: {matchLabels: {app: legacy}}, rules: [{}]}
`;

/** The rules that miss something. */
function missing(outside: readonly string[]): string[] {
  const { resources } = fromYaml(part, "part.yaml");
  const { findings } = evaluate(new Inventory(resources, { outside }), rules, noSettings);
  const about = findings.filter(({ fix }) => fix.includes("under outside"));
  return [...new Set(about.map(({ rule }) => rule))].sort();
}

describe("what others make", () => {
  it("is missed by what refers to it, which says how to name it", () => {
    assert.deepEqual(missing([]), [
      "IST-DESTINATION-HOST",
      "IST-GATEWAY-SELECTOR",
      "IST-POLICY-SELECTOR",
      "IST-ROUTE-DESTINATION",
      "IST-ROUTE-GATEWAY",
    ]);
  });

  it("is counted on once it is named", () => {
    const services = ["Service shop/legacy", "Gateway shop/shared"];
    assert.deepEqual(missing([...services, "DestinationRule shop/*"]), ["IST-GATEWAY-SELECTOR", "IST-POLICY-SELECTOR"]);
    assert.deepEqual(missing([...services, "Pod shop/*"]), ["IST-ROUTE-DESTINATION"]);
    assert.deepEqual(missing(["* shop/*"]), []);
  });

  it("isn't judged where it may be in what can't be read", () => {
    const { resources } = fromYaml(part, "part.yaml");
    const { findings, unjudged } = evaluate(new Inventory(resources, { unread: ["charts/web"] }), rules, noSettings);
    const all = missing([]);
    assert.deepEqual(
      findings.filter(({ rule }) => all.includes(rule)),
      [],
    );
    const reason = "charts/web may hold Service shop/legacy, and isn't read";
    assert.ok(unjudged.some((one) => one.rule === "IST-ROUTE-DESTINATION" && one.reason === reason));
    assert.deepEqual(
      all.filter((id) => !unjudged.some(({ rule }) => rule === id)),
      [],
    );
  });
});
