import assert from "node:assert/strict";
import { externalObjects } from "../../../components/manifests/istio/service-entry";
import { settingsOf } from "../../stack";

/** The objects of one external, `partner`. */
function objectsOf(own: object) {
  return externalObjects(settingsOf({ "eks-istio:external": { partner: own } }));
}

function entry(name: string, spec: object) {
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "ServiceEntry",
    metadata: { name, namespace: "istio-system" },
    spec: { location: "MESH_EXTERNAL", ...spec },
  };
}

describe("what lies outside of the mesh", () => {
  it("is looked up by DNS", () => {
    assert.deepEqual(objectsOf({ hosts: ["api.example.net"], port: 443, protocol: "tls" }), [
      {
        key: "partner",
        object: entry("partner", {
          hosts: ["api.example.net"],
          ports: [{ number: 443, name: "tls", protocol: "TLS" }],
          resolution: "DNS",
        }),
        after: [],
      },
    ]);
  });

  it("has names below a wildcard looked up one by one, in an entry of their own", () => {
    const objects = objectsOf({ hosts: ["example.net", "*.example.net"], port: 80, protocol: "http" });
    assert.deepEqual(
      objects.map(({ key, object }) => [
        key,
        (object.spec as { hosts: []; resolution: string }).hosts,
        (object.spec as { resolution: string }).resolution,
      ]),
      [
        ["partner", ["example.net"], "DNS"],
        ["partner-wildcard", ["*.example.net"], "DYNAMIC_DNS"],
      ],
    );
  });

  it("is told by its addresses where a connection has no name in it", () => {
    const [object] = objectsOf({ hosts: ["db.example.net"], port: 5432, protocol: "tcp", addresses: ["203.0.113.10"] });
    assert.deepEqual(
      object?.object,
      entry("partner", {
        hosts: ["db.example.net"],
        ports: [{ number: 5432, name: "tcp", protocol: "TCP" }],
        resolution: "STATIC",
        addresses: ["203.0.113.10"],
        endpoints: [{ address: "203.0.113.10" }],
      }),
    );
  });

  it("is called in the clear and reached by TLS, whose certificate must be for the name", () => {
    const objects = objectsOf({ hosts: ["api.example.net"], port: 80, protocol: "http", tls: "originate" });
    assert.deepEqual(
      objects.map(({ object }) => object),
      [
        entry("partner", {
          hosts: ["api.example.net"],
          ports: [{ number: 80, name: "http", protocol: "HTTP", targetPort: 443 }],
          resolution: "DNS",
        }),
        {
          apiVersion: "networking.istio.io/v1",
          kind: "DestinationRule",
          metadata: { name: "partner.api.example.net", namespace: "istio-system" },
          spec: {
            host: "api.example.net",
            trafficPolicy: {
              portLevelSettings: [
                {
                  port: { number: 80 },
                  tls: {
                    mode: "SIMPLE",
                    caCertificates: "system",
                    sni: "api.example.net",
                    subjectAltNames: ["api.example.net"],
                  },
                },
              ],
            },
          },
        },
      ],
    );
  });
});
