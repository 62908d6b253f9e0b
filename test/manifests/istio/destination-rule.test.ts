import assert from "node:assert/strict";
import { destinationRule } from "../../../components/manifests/istio/destination-rule";
import { routingOf } from "../app";

const host = "checkout.shop.svc.cluster.local";

/** The traffic policy of an application. */
function policy(keys: string) {
  return destinationRule(routingOf(keys))?.spec.trafficPolicy;
}

describe("the DestinationRule of an application", () => {
  it("is missing where there are neither versions nor a traffic policy", () => {
    assert.equal(destinationRule(routingOf("host: checkout\ntimeout: 5s")), undefined);
  });

  it("has a subset for each version, by its label, for the service's whole name", () => {
    assert.deepEqual(destinationRule(routingOf("versions: {v1: {weight: 100}, v2: {weight: 0}}")), {
      apiVersion: "networking.istio.io/v1",
      kind: "DestinationRule",
      metadata: { name: "checkout", namespace: "shop" },
      spec: {
        host,
        subsets: [
          { name: "v1", labels: { version: "v1" } },
          { name: "v2", labels: { version: "v2" } },
        ],
      },
    });
  });

  it("takes a version's own labels for pods that others label", () => {
    assert.deepEqual(destinationRule(routingOf("versions: {blue: {labels: {color: blue}}}"))?.spec.subsets, [
      { name: "blue", labels: { color: "blue" } },
    ]);
  });

  it("is for the service's name where it is not the application's", () => {
    assert.equal(
      destinationRule(routingOf("service: web\nversions: {v1: {}}"))?.spec.host,
      "web.shop.svc.cluster.local",
    );
  });

  it("has a traffic policy without subsets", () => {
    assert.deepEqual(destinationRule(routingOf("loadBalancer: {simple: LEAST_REQUEST}"))?.spec, {
      host,
      trafficPolicy: { loadBalancer: { simple: "LEAST_REQUEST" } },
    });
  });

  it("has what is different for a version, and all that holds at a port where something is", () => {
    const keys =
      "loadBalancer: {simple: RANDOM}\nversions: {v1: {weight: 100}, v2: {connectionPool: {tcp: {maxConnections: 1}}}}\nportLevelSettings: [{port: 9090, tls: {mode: DISABLE}}, {port: 9091, loadBalancer: {simple: ROUND_ROBIN}}]";
    assert.deepEqual(destinationRule(routingOf(keys))?.spec, {
      host,
      trafficPolicy: {
        loadBalancer: { simple: "RANDOM" },
        portLevelSettings: [
          { port: { number: 9090 }, loadBalancer: { simple: "RANDOM" }, tls: { mode: "DISABLE" } },
          { port: { number: 9091 }, loadBalancer: { simple: "ROUND_ROBIN" } },
        ],
      },
      subsets: [
        { name: "v1", labels: { version: "v1" } },
        { name: "v2", labels: { version: "v2" }, trafficPolicy: { connectionPool: { tcp: { maxConnections: 1 } } } },
      ],
    });
  });

  it("has all of a traffic policy, in Istio's shape", () => {
    const parts = {
      loadBalancer: {
        consistentHash: { httpCookie: { name: "session", ttl: "0s" } },
        localityLbSetting: { enabled: true },
      },
      connectionPool: { tcp: { maxConnections: 100, connectTimeout: "1s" }, http: { maxRetries: 3 } },
      outlierDetection: { consecutive5xxErrors: 5, interval: "10s", minHealthPercent: 40 },
      tls: { mode: "ISTIO_MUTUAL" },
    };
    assert.deepEqual(policy(JSON.stringify(parts)), parts);
  });

  it("keeps an outlier detection that turns one of its counts off", () => {
    assert.deepEqual(policy("outlierDetection: {consecutiveGatewayErrors: 0}"), {
      outlierDetection: { consecutiveGatewayErrors: 0 },
    });
  });
});
