import assert from "node:assert/strict";
import { judge } from "../../policies/judge";
import type { Finding } from "../../policies/engine/evaluate";
import { fromYaml } from "../../policies/sources/yaml";
import { shop } from "./shop";

/** Each finding, with the places of its cause. */
function about(text: string): string[] {
  const { findings } = judge(fromYaml(text, "shop.yaml").resources);
  return findings.map(worded);
}

function worded({ rule, resource, also = [] }: Finding): string {
  return [`${rule} ${resource}`, ...also.map((one) => `${one.rule} ${one.resource}`)].join(" < ");
}

/** What is found once one text in the shop stands for another, and wasn't before. */
function after(changes: readonly (readonly [old: string, now: string])[]): string[] {
  const known = new Set(about(shop));
  let text = shop;
  for (const [old, now] of changes) {
    assert.ok(text.includes(old), old);
    text = text.replace(old, now);
  }
  return about(text).filter((one) => !known.has(one));
}

const service = "kind: Service\nmetadata: {name: web,";

describe("one mistake is one finding", () => {
  for (const [name, changes, expected] of [
    [
      "a Service's name",
      [[service, service.replace("web", "webb")]],
      [
        "IST-ROUTE-DESTINATION VirtualService shop/web < IST-ROUTE-DESTINATION VirtualService shop/web-mesh < IST-DESTINATION-HOST DestinationRule shop/web",
      ],
    ],
    [
      "a DestinationRule's host",
      [["  host: web\n", "  host: wbe\n"]],
      [
        "IST-DESTINATION-HOST DestinationRule shop/web < IST-ROUTE-DESTINATION VirtualService shop/web < IST-ROUTE-DESTINATION VirtualService shop/web-mesh",
      ],
    ],
    [
      "a subset's name",
      [["subsets: [{name: v1,", "subsets: [{name: v2,"]],
      ["IST-ROUTE-DESTINATION VirtualService shop/web < IST-ROUTE-DESTINATION VirtualService shop/web-mesh"],
    ],
    [
      "a Service's port",
      [
        [
          "selector: {app: web}, ports: [{name: http, port: 80,",
          "selector: {app: web}, ports: [{name: http, port: 81,",
        ],
      ],
      ["IST-ROUTE-PORT VirtualService shop/web < IST-ROUTE-PORT VirtualService shop/web-mesh"],
    ],
    [
      "the labels of a workload's pods",
      [["metadata: {labels: {app: web,", "metadata: {labels: {app: wbe,"]],
      [
        "K8S-SELECTOR Deployment shop/web < K8S-SERVICE-PODS Service shop/web < IST-POLICY-SELECTOR AuthorizationPolicy shop/web",
        // The policy allows nothing any more.
        "IST-AUTHZ-DEFAULT Deployment shop/web",
      ],
    ],
    [
      "the labels of a gateway's pods",
      [
        ["matchLabels: {istio: ingress}", "matchLabels: {istio: ingres}"],
        ["labels: {istio: ingress}", "labels: {istio: ingres}"],
      ],
      ["K8S-SERVICE-PODS Service ingress/gw < IST-GATEWAY-SELECTOR Gateway ingress/main"],
    ],
    [
      "a namespace's label for injection",
      [["{name: shop, labels: {istio-injection: enabled}}", "{name: shop, labels: {istio-injectoin: enabled}}"]],
      ["IST-INJECTION Namespace shop < IST-AUTHZ-UNENFORCED AuthorizationPolicy shop/web"],
    ],
    [
      "the label of a gateway's namespace",
      [["{name: ingress, labels: {istio-injection: enabled}}", "{name: ingress}"]],
      ["IST-INJECTION Namespace ingress < IST-IMAGE-AUTO Deployment ingress/gw"],
    ],
    ["a mode of mutual TLS", [["mode: STRICT", "mode: STRCT"]], ["K8S-SCHEMA PeerAuthentication istio-system/default"]],
    [
      "failover that nothing triggers",
      [
        [
          "loadBalancer: {simple: LEAST_REQUEST}",
          "loadBalancer: {localityLbSetting: {failover: [{from: eu-west-1, to: eu-west-2}]}}",
        ],
      ],
      ["IST-DESTINATION-BALANCE DestinationRule shop/web"],
    ],
  ] as const)
    it(`in ${name}`, () => assert.deepEqual(after(changes), expected));

  it("and two are two", () => {
    assert.deepEqual(
      after([
        [service, service.replace("web", "webb")],
        ["hosts: [shop.example.com]\n", "hosts: [shp.example.com]\n"],
      ]),
      [
        "IST-ROUTE-DESTINATION VirtualService shop/web < IST-ROUTE-DESTINATION VirtualService shop/web-mesh < IST-DESTINATION-HOST DestinationRule shop/web",
        "IST-GATEWAY-HOST VirtualService shop/web",
      ],
    );
  });
});
