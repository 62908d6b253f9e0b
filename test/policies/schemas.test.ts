import assert from "node:assert/strict";
import { istioVersion } from "../../components/versions";
import { envoyOfIstio, fieldOf, messageOf } from "../../policies/schemas/envoy";
import { differences } from "../../policies/schemas/mistakes";
import { istioMinor, kindsOf, schemaOf } from "../../policies/schemas/schema";
import { istioTables } from "../../policies/schemas/tables";
import { secret, unknown } from "../../policies/engine/value";
import { violations } from "../schemas/validate";

const minor = istioVersion.split(".").slice(0, 2).join(".");

describe("what policies know of Istio and Kubernetes", () => {
  it("is of the Istio minor that is installed", () => {
    assert.deepEqual([istioMinor(), istioTables().istio, envoyOfIstio()], [minor, minor, minor]);
  });

  it("has Envoy's messages, with fields by either spelling", () => {
    const cluster = messageOf("envoy.config.cluster.v3.Cluster")!;
    assert.ok(cluster.fields.includes("load_assignment"));
    const assignment = {
      name: "load_assignment",
      message: "envoy.config.endpoint.v3.ClusterLoadAssignment",
      holds: "one",
    };
    assert.deepEqual(fieldOf(cluster, "load_assignment"), assignment);
    assert.deepEqual(fieldOf(cluster, "loadAssignment"), assignment);
    assert.equal(fieldOf(cluster, "filters")?.holds, "list");
    assert.equal(fieldOf(cluster, "typed_extension_protocol_options")?.holds, "map");
    assert.equal(fieldOf(cluster, "name")?.message, undefined);
    assert.equal(fieldOf(cluster, "constructor"), undefined);
    assert.equal(messageOf("constructor"), undefined);
  });

  it("has a schema for what people write manifests of", () => {
    for (const [apiVersion, kind] of [
      ["networking.istio.io/v1", "VirtualService"],
      ["apps/v1", "Deployment"],
      ["v1", "Service"],
      ["policy/v1", "PodDisruptionBudget"],
      ["gateway.networking.k8s.io/v1", "HTTPRoute"],
      ["gateway.networking.k8s.io/v1beta1", "HTTPRoute"],
    ] as const)
      assert.ok(schemaOf(apiVersion, kind), kind);
    assert.ok(kindsOf("kubernetes").includes("v1/Node"));
    assert.equal(schemaOf("v1", "Node"), undefined);
    assert.equal(schemaOf("v1", "constructor"), undefined);
  });

  it("finds the mistakes in an object that a full validator finds", async () => {
    const spec = {
      hosts: "reviews",
      http: [
        { retires: { attempts: 3 }, timeout: 5, route: [{ weight: "80", destination: { host: "reviews", prot: 1 } }] },
        { match: [{ uri: { exact: "/", prefix: "/" }, port: -1 }], route: [{ destination: { host: "reviews" } }] },
      ],
    };
    const metadata = { name: "reviews", labels: { app: true }, lables: {} };
    const object = { apiVersion: "networking.istio.io/v1", kind: "VirtualService", metadata, spec };
    const full = (await violations(object)).map((text) => text.split(": ")[0]!);
    const own = differences(object, schemaOf(object.apiVersion, object.kind)!).mistakes;
    assert.deepEqual(own.map(({ message }) => message.split(" ")[0]!).sort(), full.sort());
  });

  it("says nothing about what can't be known, but where that is, unless any text will do", () => {
    const object = {
      metadata: { labels: { app: unknown } },
      spec: {
        hosts: unknown,
        http: [
          unknown,
          { name: unknown, timeout: unknown, route: [{ weight: unknown, destination: { host: unknown } }] },
        ],
        gateways: secret,
      },
    };
    const { mistakes, unknowns } = differences(object, schemaOf("networking.istio.io/v1", "VirtualService")!);
    assert.deepEqual(mistakes, []);
    assert.deepEqual(
      unknowns.map((path) => path.join(".")),
      ["spec.hosts", "spec.http.0", "spec.http.1.route.0.weight"],
    );
  });
});
