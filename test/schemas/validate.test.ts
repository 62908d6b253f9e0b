import assert from "node:assert/strict";
import { istioVersion } from "../../components/versions";
import { istio, violations } from "./validate";

const virtualService = {
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name: "checkout", namespace: "shop" },
  spec: { hosts: ["checkout"], http: [{ retries: { attempts: 3 }, route: [{ destination: { host: "checkout" } }] }] },
};

const deployment = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "checkout", namespace: "shop", labels: { app: "checkout", "app.kubernetes.io/name": "checkout" } },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: "checkout" } },
    template: {
      metadata: { labels: { app: "checkout" } },
      spec: { containers: [{ name: "checkout", image: "checkout:1", ports: [{ containerPort: 8080 }] }] },
    },
  },
};

describe("the schemas of Kubernetes and Istio objects", () => {
  it("are those of the Istio minor that is installed", () => {
    assert.equal(istio.istio, istioVersion.split(".").slice(0, 2).join("."));
  });

  it("find nothing wrong with what the API server takes", async () => {
    assert.deepEqual(await violations(virtualService), []);
    assert.deepEqual(await violations(deployment), []);
  });

  it("find a typo in a VirtualService, deep in a list", async () => {
    const typo = {
      ...virtualService,
      spec: {
        hosts: ["checkout"],
        http: [{ route: [{ destination: { host: "checkout" } }] }, { retires: { attempts: 3 } }],
      },
    };
    assert.deepEqual(await violations(typo), ["spec.http[1].retires: is no field of this object"]);
  });

  it("find an unknown field beside an Istio object's spec, and in its metadata", async () => {
    const odd = { ...virtualService, data: {}, metadata: { ...virtualService.metadata, lables: { app: "checkout" } } };
    assert.deepEqual(await violations(odd), [
      "data: is no field of this object",
      "metadata.lables: is no field of this object",
    ]);
  });

  it("find an unknown field in a Deployment, deep in a list", async () => {
    const odd = structuredClone(deployment);
    Object.assign(odd.spec.template.spec.containers[0]!, { imagePolicy: "Always" });
    assert.deepEqual(await violations(odd), [
      "spec.template.spec.containers[0].imagePolicy: is no field of this object",
    ]);
  });

  it("find a field of a Deployment at the wrong depth", async () => {
    const odd = { ...deployment, spec: { ...deployment.spec, containers: deployment.spec.template.spec.containers } };
    assert.deepEqual(await violations(odd), ["spec.containers: is no field of this object"]);
  });

  it("take any label, but only text as its value", async () => {
    const odd = { ...deployment, metadata: { name: "checkout", labels: { "istio.io/rev": true } } };
    assert.deepEqual(await violations(odd), ['metadata.labels["istio.io/rev"]: must be of type string']);
  });

  it("find values of the wrong type, outside an enumeration, and missing ones", async () => {
    const service = {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "checkout" },
      spec: { ports: [{ name: "http", protocol: "tcp" }] },
    };
    assert.deepEqual(await violations(service), [
      "spec.ports[0].port: is required",
      "spec.ports[0].protocol: must be one of SCTP, TCP, UDP",
    ]);
    const rule = {
      ...virtualService,
      kind: "DestinationRule",
      spec: { host: "checkout", trafficPolicy: { loadBalancer: { simple: "LEAST_CONNECTION" } } },
    };
    assert.deepEqual(await violations(rule), [
      "spec.trafficPolicy.loadBalancer.simple: must be one of UNSPECIFIED, LEAST_CONN, RANDOM, PASSTHROUGH, ROUND_ROBIN, LEAST_REQUEST",
    ]);
  });

  it("find an API group that is one letter off", async () => {
    assert.deepEqual(await violations({ ...virtualService, apiVersion: "networking.istio.oi/v1" }), [
      "the object: there is no kind VirtualService in networking.istio.oi/v1",
    ]);
    assert.deepEqual(await violations({ ...deployment, apiVersion: "app/v1" }), [
      "the object: there is no kind Deployment in app/v1",
    ]);
    assert.deepEqual(await violations({ ...deployment, apiVersion: "apps.k8s.io/v1" }), [
      "apiVersion: must be one of apps/v1",
    ]);
  });

  it("find a version that Istio doesn't serve", async () => {
    assert.deepEqual(await violations({ ...virtualService, apiVersion: "networking.istio.io/v1alpha2" }), [
      "the object: there is no kind VirtualService in networking.istio.io/v1alpha2",
    ]);
  });

  it("find a match that is two things at once", async () => {
    const both = {
      ...virtualService,
      spec: { hosts: ["checkout"], http: [{ match: [{ uri: { exact: "/", prefix: "/" } }], route: [] }] },
    };
    assert.deepEqual(await violations(both), ["spec.http[0].match[0].uri: must match exactly one schema in oneOf"]);
  });

  it("judge what would be sent: undefined fields are not there", async () => {
    assert.deepEqual(await violations({ ...virtualService, retires: undefined }), []);
  });

  it("refuse what is no object of Kubernetes", async () => {
    assert.deepEqual(await violations({ kind: "Deployment" }), ["the object: has no apiVersion and kind"]);
  });
});
