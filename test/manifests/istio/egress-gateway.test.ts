import assert from "node:assert/strict";
import { defaultAccess, waysOut } from "../../../components/manifests/istio/default-access";
import { externalObjects } from "../../../components/manifests/istio/service-entry";
import { subsetOf } from "../../../components/settings/external/names";
import { settingsOf } from "../../stack";

const gateways = { egress: { type: "egress" } };

/** What there is of one external, `partner`, that is left to by a gateway, by key. */
function objectsOf(own: object) {
  const partner = { hosts: ["api.example.net"], port: 443, protocol: "tls", via: "egress", ...own };
  const settings = settingsOf({ "eks-istio:external": { partner }, "eks-istio:gateways": gateways });
  return new Map(externalObjects(settings).map(({ key, ...object }) => [key, object]));
}

function routesOf(own: object) {
  return objectsOf(own).get("api.example.net-exit")?.object.spec;
}

const head = { apiVersion: "networking.istio.io/v1" };
const egress = "istio-egress.istio-egress.svc.cluster.local";
const entrance = "istio-egress/api-example-net";
const toGateway = (number: number) => [{ destination: { host: egress, subset: "api-example-net", port: { number } } }];
const out = (number: number) => [{ destination: { host: "api.example.net", port: { number } } }];

describe("what leaves by an egress gateway", () => {
  it("is let in by mutual TLS and the name that it is greeted with, for routes of the root namespace alone", () => {
    assert.deepEqual(objectsOf({}).get("api.example.net-gateway"), {
      object: {
        ...head,
        kind: "Gateway",
        metadata: { name: "api-example-net", namespace: "istio-egress" },
        spec: {
          selector: { istio: "egress" },
          servers: [
            {
              port: { number: 443, name: "tls", protocol: "TLS" },
              hosts: ["istio-system/api.example.net"],
              tls: { mode: "ISTIO_MUTUAL" },
            },
          ],
        },
      },
      after: ["namespace/istio-egress"],
    });
  });

  it("is wrapped in mutual TLS under its name", () => {
    assert.deepEqual(objectsOf({}).get("api.example.net-subset"), {
      object: {
        ...head,
        kind: "DestinationRule",
        metadata: { name: "api-example-net", namespace: "istio-egress" },
        spec: {
          host: egress,
          subsets: [
            { name: "api-example-net", trafficPolicy: { tls: { mode: "ISTIO_MUTUAL", sni: "api.example.net" } } },
          ],
        },
      },
      after: ["namespace/istio-egress"],
    });
  });

  it("is led to the gateway by the name in its own TLS, and on from there unopened", () => {
    assert.deepEqual(objectsOf({}).get("api.example.net-exit"), {
      object: {
        ...head,
        kind: "VirtualService",
        metadata: { name: "api.example.net", namespace: "istio-system" },
        spec: {
          hosts: ["api.example.net"],
          gateways: ["mesh", entrance],
          tls: [{ match: [{ gateways: ["mesh"], port: 443, sniHosts: ["api.example.net"] }], route: toGateway(443) }],
          tcp: [{ match: [{ gateways: [entrance], port: 443 }], route: out(443) }],
        },
      },
      after: ["gateway/egress", "api.example.net-gateway", "api.example.net-subset"],
    });
  });

  it("is led as requests where it is HTTP, which don't say outside who called", () => {
    assert.deepEqual(routesOf({ port: 80, protocol: "http", tls: "originate" }), {
      hosts: ["api.example.net"],
      gateways: ["mesh", entrance],
      http: [
        { match: [{ gateways: ["mesh"], port: 80 }], route: toGateway(80) },
        {
          match: [{ gateways: [entrance], port: 80 }],
          route: out(80),
          headers: {
            request: {
              remove: [
                "x-forwarded-client-cert",
                "x-forwarded-for",
                "x-envoy-external-address",
                "x-envoy-peer-metadata",
                "x-envoy-peer-metadata-id",
              ],
            },
          },
        },
      ],
    });
  });

  it("is let in as requests where it is HTTP", () => {
    const entry = objectsOf({ port: 8080, protocol: "grpc" }).get("api.example.net-gateway")?.object.spec;
    assert.deepEqual((entry as { servers: readonly { port: object }[] }).servers[0]?.port, {
      number: 80,
      name: "https",
      protocol: "HTTPS",
    });
  });

  it("is led by its port where it is a bare connection", () => {
    assert.deepEqual(routesOf({ port: 5432, protocol: "tcp", addresses: ["192.0.2.10"] }), {
      hosts: ["api.example.net"],
      gateways: ["mesh", entrance],
      tcp: [
        { match: [{ gateways: ["mesh"], port: 5432 }], route: toGateway(443) },
        { match: [{ gateways: [entrance], port: 443 }], route: out(5432) },
      ],
    });
  });

  it("becomes known when the way out of each of its names stands", () => {
    const objects = objectsOf({ hosts: ["api.example.net", "files.example.net"] });
    assert.deepEqual(
      [...objects.keys()],
      [
        "api.example.net-gateway",
        "api.example.net-subset",
        "api.example.net-exit",
        "files.example.net-gateway",
        "files.example.net-subset",
        "files.example.net-exit",
        "partner",
      ],
    );
    assert.deepEqual(objects.get("partner")?.after, ["api.example.net-exit", "files.example.net-exit"]);
  });

  it("has names in Istio that no other host has", () => {
    const names = ["a-b.example.net", "a.b.example.net", "a--b.example.net"].map(subsetOf);
    assert.deepEqual(names, ["a--b-example-net", "a-b-example-net", "a----b-example-net"]);
  });
});

describe("an egress gateway in a closed mesh", () => {
  function policies(enforcement: "enforced" | "dryRun") {
    const app = { namespace: "shop", port: 8080 };
    const settings = settingsOf({
      "eks-istio:gateways": { ...gateways, spare: { type: "egress" } },
      "eks-istio:external": {
        bank: { hosts: ["api.bank.example.net", "www.bank.example.net"], port: 443, protocol: "tls", via: "egress" },
        post: { hosts: ["post.example.net"], port: 80, protocol: "http", via: "egress" },
        nobody: { hosts: ["nobody.example.net"], port: 443, protocol: "tls", via: "spare" },
        direct: { hosts: ["direct.example.net"], port: 443, protocol: "tls" },
      },
      "eks-istio:apps": {
        web: { ...app, calls: [{ external: "bank" }, { external: "direct" }] },
        batch: { ...app, serviceAccount: "jobs", calls: [{ external: "bank" }, { external: "post" }] },
        everywhere: app,
      },
    });
    return defaultAccess({ gateways: [], waysOut: waysOut(settings) }, enforcement, ["applications"]);
  }

  it("lets out who lists a name in calls, and to that one; an egress gateway for nobody stays closed", () => {
    const [first, ...others] = policies("enforced");
    const when = (...values: string[]) => [{ key: "connection.sni", values }];
    const principal = (name: string) => `cluster.local/ns/shop/sa/${name}`;
    assert.deepEqual(first, {
      key: "gateway-egress",
      object: {
        apiVersion: "security.istio.io/v1",
        kind: "AuthorizationPolicy",
        metadata: { name: "istio-egress", namespace: "istio-egress" },
        spec: {
          selector: { matchLabels: { app: "istio-egress", istio: "egress" } },
          action: "ALLOW",
          rules: [
            {
              from: [{ source: { principals: [principal("web"), principal("jobs")] } }],
              when: when("api.bank.example.net", "www.bank.example.net"),
            },
            { from: [{ source: { principals: [principal("jobs")] } }], when: when("post.example.net") },
          ],
        },
      },
      after: ["namespace/istio-egress"],
    });
    assert.deepEqual(
      others.map(({ key, after }) => [key, after]),
      [["closed", ["gateway-egress", "applications"]]],
    );
  });

  it("only counts in a dry run, and opens after the mesh", () => {
    const [, gateway] = policies("dryRun");
    assert.deepEqual(gateway?.object.metadata.annotations, { "istio.io/dry-run": "true" });
    assert.deepEqual(gateway.after, ["namespace/istio-egress", "closed"]);
  });
});
