import assert from "node:assert/strict";
import type { ResourceData } from "../../../policies/engine/resource";
import { pathText, unknown } from "../../../policies/engine/value";
import { balancers } from "../../../policies/facts/edge/balancer";
import { gatewayServices, hiddenServices } from "../../../policies/facts/gateway-api/services";
import { inventoryOf, object } from "./objects";

const version = "gateway.networking.k8s.io/v1";
const annotations = { "service.beta.kubernetes.io/aws-load-balancer-type": "external" };

function gateway(spec: object = {}, metadata: object = {}): ResourceData {
  return object(version, "Gateway", { name: "web", ...metadata }, { spec: { gatewayClassName: "istio", ...spec } });
}

function gatewayClass(name: string, controllerName: string): ResourceData {
  return object(version, "GatewayClass", { name }, { spec: { controllerName } });
}

function made(...resources: ResourceData[]) {
  return gatewayServices(inventoryOf(resources)).map(({ data }) => data.properties);
}

describe("the Services that Istio makes of Gateways", () => {
  const listeners = [
    { name: "a", port: 443, hostname: "a.example.com" },
    { name: "b", port: 443, hostname: "b.example.com" },
    { name: "c", port: 80 },
  ];

  it("have the infrastructure's annotations, and a port for each number", () => {
    const inventory = inventoryOf([gateway({ infrastructure: { annotations }, listeners })]);
    const [service] = gatewayServices(inventory);
    assert.ok(service);
    assert.deepEqual(service.data.properties, {
      apiVersion: "v1",
      kind: "Service",
      metadata: { namespace: "shop", name: "web-istio", annotations },
      spec: {
        type: "LoadBalancer",
        selector: { "gateway.networking.k8s.io/gateway-name": "web" },
        ports: [
          { name: "a", port: 443, protocol: "TCP" },
          { name: "c", port: 80, protocol: "TCP" },
          { name: "status-port", port: 15021, protocol: "TCP" },
        ],
      },
    });
    assert.equal(service.label, "Gateway shop/web");
    assert.equal(pathText(service.written(["spec", "ports", 1, "port"])), "spec.listeners[2].port");
    assert.equal(pathText(service.written(["metadata", "annotations", "own"])), "spec.infrastructure.annotations.own");
    assert.deepEqual(
      balancers(inventory).map(({ isNetwork, label }) => [isNetwork, label]),
      [[true, "Gateway shop/web"]],
    );
  });

  it("have the Gateway's own annotations where nothing is said of the infrastructure's", () => {
    const own = {
      ...annotations,
      "networking.istio.io/service-type": "ClusterIP",
      "gateway.istio.io/name-override": "own",
    };
    const [service] = made(gateway({}, { annotations: own })) as { metadata: object; spec: { type: string } }[];
    assert.deepEqual(service?.metadata, { namespace: "shop", name: "own", annotations: own });
    assert.equal(service.spec.type, "ClusterIP");
  });

  it("are made of Istio's own class only", () => {
    assert.equal(made(gateway({ gatewayClassName: "istio-waypoint" })).length, 0);
    assert.equal(made(gateway({ gatewayClassName: "cilium" })).length, 0);
    const own = gateway({ gatewayClassName: "public" });
    assert.equal(made(own, gatewayClass("public", "istio.io/gateway-controller")).length, 1);
    assert.equal(made(gateway(), gatewayClass("istio", "example.com/other")).length, 0);
  });

  it("aren't made where addresses name a Service", () => {
    const at = (type: string) => gateway({ addresses: [{ type, value: "own" }] });
    assert.equal(made(at("Hostname")).length, 0);
    assert.equal(made(at("IPAddress")).length, 1);
  });

  it("may be made where the class is unknown", () => {
    const [service] = made(gateway({ gatewayClassName: unknown })) as { spec: { type: unknown } }[];
    assert.equal(service?.spec.type, unknown);
  });

  it("can't be seen where a ConfigMap changes them", () => {
    const changed = gateway({ infrastructure: { parametersRef: { group: "", kind: "ConfigMap", name: "own" } } });
    assert.deepEqual(made(changed), []);
    assert.deepEqual(hiddenServices(inventoryOf([changed, gateway()])), [
      {
        resource: "Gateway shop/web",
        reason: "spec.infrastructure.parametersRef changes the Service that Istio makes of it",
      },
    ]);
  });
});
