import assert from "node:assert/strict";
import { gatewayManifest } from "../../../components/manifests/istio/gateway";
import { gatewayPorts, gatewayService } from "../../../components/manifests/kubernetes/gateway-service";
import { gatewayOf } from "../../stack";

const gateway = gatewayOf();
const hosts = ["*.example.com", "example.com"];

describe("the Gateway", () => {
  it("redirects http to https without a loop: on port 80 only, and what TLS was taken from is plain HTTP", () => {
    assert.deepEqual(gatewayManifest(gateway, hosts), {
      apiVersion: "networking.istio.io/v1",
      kind: "Gateway",
      metadata: { name: "wildcard", namespace: "istio-ingress" },
      spec: {
        selector: { istio: "ingress" },
        servers: [
          { port: { number: 80, name: "http", protocol: "HTTP" }, hosts, tls: { httpsRedirect: true } },
          { port: { number: 443, name: "http-behind-tls", protocol: "HTTP" }, hosts },
        ],
      },
    });
  });

  it("has a server for each port of the Service, by the Service's number, or istiod opens the wrong one", () => {
    const service = gatewayService(gateway, { certificateArns: "arn", subnetIds: "subnet" });
    const { spec } = service as { readonly spec: { readonly ports: readonly { readonly port: number }[] } };
    assert.deepEqual(
      gatewayManifest(gateway, hosts).spec.servers?.map(({ port }) => port.number),
      spec.ports.map(({ port }) => port),
    );
  });

  it("takes hosts from the namespaces that it names alone, at both ports", () => {
    const bound = gatewayManifest(gatewayOf({ namespaces: ["checkout", "catalog"] }), hosts).spec.servers;
    const each = ["checkout/*.example.com", "checkout/example.com", "catalog/*.example.com", "catalog/example.com"];
    assert.deepEqual(
      bound?.map((server) => server.hosts),
      [each, each],
    );
  });

  it("names its servers apart, as Istio merges those of one name", () => {
    const names = gatewayManifest(gateway, hosts).spec.servers?.map(({ port }) => port.name) ?? [];
    assert.equal(new Set(names).size, names.length);
  });

  it("selects the pods of the gateway's own release", () => {
    const renamed = gatewayOf({ name: "front-door", namespace: "edge" });
    const { metadata, spec } = gatewayManifest(renamed, hosts);
    assert.deepEqual(spec.selector, { istio: "front-door" });
    assert.equal(metadata.namespace, "edge");
  });

  it("listens on ports of its own for both, above 1024: with one for both, istiod would redirect both", () => {
    const ports: readonly number[] = [gatewayPorts.http.targetPort, gatewayPorts.https.targetPort];
    assert.equal(new Set(ports).size, 2);
    assert.ok(ports.every((port) => port > 1024));
  });
});
