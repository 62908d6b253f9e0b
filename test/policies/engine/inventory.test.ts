import assert from "node:assert/strict";
import { Inventory, type Surroundings } from "../../../policies/engine/inventory";
import { KubernetesObject, type ResourceData } from "../../../policies/engine/resource";
import { Undecided, unknown } from "../../../policies/engine/value";

function object(
  apiVersion: string,
  kind: string,
  name: unknown,
  namespace: unknown = "shop",
  more: object = {},
): ResourceData {
  const type = `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
  const properties = { apiVersion, kind, metadata: { name, namespace }, ...more };
  return { source: "plan", type, name: "pulumi-name", properties, dependencies: [] };
}

function inventory(resources: ResourceData[], surroundings?: Surroundings): Inventory {
  return new Inventory(resources, surroundings);
}

const cart = object("v1", "Service", "cart");

describe("an inventory", () => {
  it("keeps kinds of the same name apart by their group", () => {
    const both = inventory([
      object("networking.istio.io/v1", "Gateway", "istio"),
      object("gateway.networking.k8s.io/v1", "Gateway", "other"),
      object("serving.knative.dev/v1", "Service", "knative"),
    ]);
    assert.deepEqual(
      both.objects("Gateway").map(({ label }) => label),
      ["Gateway shop/istio"],
    );
    assert.deepEqual(both.objects("Service"), []);
  });

  it("tells Istio's Gateway from the Gateway API's in every lookup", () => {
    const istio = object("networking.istio.io/v1", "Gateway", "web");
    const kubernetes = object("gateway.networking.k8s.io/v1", "Gateway", "web");
    const both = inventory([istio, kubernetes], { outside: ["KubernetesGateway edge/*", "Gateway core/web"] });
    for (const [kind, group] of [
      ["Gateway", "networking.istio.io"],
      ["KubernetesGateway", "gateway.networking.k8s.io"],
    ] as const) {
      const groups = [...both.objects(kind), ...both.inNamespace(kind, "shop")].map((found) => found.group);
      assert.deepEqual(groups, [group, group]);
      assert.equal(both.find(kind, "shop", "web")?.group, group);
      assert.equal(both.find(kind, "shop", "web")?.label, "Gateway shop/web");
      assert.equal(both.missing(kind, "shop", "wbe"), true);
    }
    assert.equal(inventory([istio]).find("KubernetesGateway", "shop", "web"), undefined);
    assert.equal(inventory([kubernetes]).missing("Gateway", "shop", "wbe"), false);
    assert.equal(both.isOutside("KubernetesGateway", "edge", "web"), true);
    assert.equal(both.isOutside("Gateway", "edge", "web"), false);
    assert.equal(both.isOutside("Gateway", "core", "web"), true);
    assert.equal(both.isOutside("KubernetesGateway", "core", "web"), false);
    const nameless = object("gateway.networking.k8s.io/v1", "Gateway", unknown);
    assert.equal(inventory([nameless]).find("Gateway", "shop", "web"), undefined);
    assert.throws(() => inventory([nameless]).find("KubernetesGateway", "shop", "web"), Undecided);
  });

  it("has the Gateway API's kinds and Ingress, whatever their version", () => {
    const all = [
      ...(["GatewayClass", "HTTPRoute", "GRPCRoute", "BackendTLSPolicy"] as const).map((kind) => ["v1", kind] as const),
      ...(["TLSRoute", "TCPRoute"] as const).map((kind) => ["v1alpha2", kind] as const),
      ["v1beta1", "ReferenceGrant"] as const,
    ].map(([version, kind]) => [`gateway.networking.k8s.io/${version}`, kind] as const);
    const ingresses = (["Ingress", "IngressClass"] as const).map((kind) => ["networking.k8s.io/v1", kind] as const);
    for (const [apiVersion, kind] of [...all, ...ingresses])
      assert.equal(inventory([object(apiVersion, kind, "web")]).objects(kind).length, 1, kind);
    assert.deepEqual(inventory([object("extensions.example.com/v1", "Ingress", "web")]).objects("Ingress"), []);
  });

  it("finds an object by kind, namespace and name", () => {
    assert.equal(inventory([cart]).find("Service", "shop", "cart")?.label, "Service shop/cart");
    assert.equal(inventory([cart]).find("Service", "other", "cart"), undefined);
    assert.equal(inventory([object("v1", "Service", "a", undefined)]).find("Service", "default", "a"), undefined);
  });

  it("can't say that an object isn't there while one has an unknown name or namespace", () => {
    for (const nameless of [
      object("v1", "Service", unknown),
      object("v1", "Service", undefined),
      object("v1", "Service", "x", unknown),
    ])
      assert.throws(() => inventory([nameless]).find("Service", "shop", "cart"), Undecided);
    assert.equal(inventory([object("v1", "Service", unknown, "other")]).find("Service", "shop", "cart"), undefined);
    assert.equal(inventory([object("v1", "Service", unknown), cart]).find("Service", "shop", "cart")?.name, "cart");
  });

  it("isn't kept from an answer by a name or a namespace that a file leaves empty", () => {
    const nameless = { ...object("v1", "Service", undefined), source: "yaml" as const };
    const homeless = { ...object("v1", "Service", "cart", null), source: "yaml" as const };
    const both = inventory([nameless, homeless]);
    assert.equal(both.find("Service", "shop", "other"), undefined);
    assert.equal(both.find("Service", "default", "cart")?.label, "Service default/cart");
  });

  it("misses an object only where nobody else may have made it", () => {
    assert.equal(inventory([cart]).missing("Service", "shop", "crat"), true);
    assert.equal(inventory([cart]).missing("Service", "shop", "cart"), false);
    assert.equal(inventory([cart]).missing("Service", "elsewhere", "crat"), false);
    assert.equal(inventory([cart], { outside: ["Service shop/c*"] }).missing("Service", "shop", "crat"), false);
  });

  it("computes an answer once, and one about a thing once for each thing", () => {
    const one = inventory([cart, object("v1", "Service", "other")]);
    const asked: unknown[] = [];
    const count = ({ resources }: Inventory) => asked.push("count") && resources.length;
    const label = ({ label }: KubernetesObject, { resources }: Inventory) => asked.push(label) && resources.length;
    const name = ({ name }: KubernetesObject) => name;
    for (const _ of [1, 2]) {
      assert.equal(one.once(count), 2);
      for (const service of one.objects("Service")) {
        assert.equal(one.memo(service, label), 2);
        assert.equal(one.memo(service, name), service.name);
      }
    }
    assert.deepEqual(asked, ["count", "Service shop/cart", "Service shop/other"]);
  });

  it("computes an answer again that couldn't be given", () => {
    const one = inventory([cart]);
    const [service] = one.objects("Service");
    const tries: number[] = [];
    const answer = () => {
      if (tries.push(1) === 1) throw new Error("not yet");
      return "now";
    };
    assert.throws(() => one.memo(service!, answer), /not yet/);
    assert.equal(one.memo(service!, answer), "now");
    assert.equal(one.memo(service!, answer), "now");
    assert.equal(tries.length, 2);
  });

  it("hides what a Secret holds, and shows its keys", () => {
    const [found] = inventory([object("v1", "Secret", "s", "shop", { stringData: { password: "hunter2" } })]).objects(
      "Secret",
    );
    assert.ok(found instanceof KubernetesObject);
    const [key, value] = found.get("stringData").entries()[0]!;
    assert.equal(key, "password");
    assert.equal(value.exists, true);
    assert.throws(() => value.text(), /is a secret/);
  });
});

describe("a value", () => {
  const [service] = inventory([
    object("v1", "Service", "a", "shop", {
      spec: { ports: [{ port: 80, name: unknown }], selector: unknown, type: null },
    }),
  ]).objects("Service");
  const at = (...keys: (string | number)[]) => service!.get(...keys);

  it("is absent, present or unknown, and reading throws for the last alone", () => {
    assert.equal(at("spec", "ports", 0, "port").number(), 80);
    assert.equal(at("spec", "ports", 0, "port").text(), undefined);
    assert.equal(at("spec", "ports", 1, "port").number(), undefined);
    assert.equal(at("spec", "type").exists, false);
    assert.equal(at("spec", "toString").exists, false);
    assert.throws(() => at("spec", "ports", 0, "name").text(), Undecided);
    assert.throws(() => at("spec", "ports").plain(), Undecided);
  });

  it("names the outermost unknown: what stands below doesn't exist yet", () => {
    assert.throws(
      () => at("spec", "selector", "app").text(),
      (error) => error instanceof Undecided && error.path.join(".") === "spec.selector",
    );
  });

  it("knows where it stands", () => {
    assert.equal(at("spec", "ports", 0, "name").path, "spec.ports[0].name");
    assert.equal(at("metadata", "labels", "istio.io/rev").path, 'metadata.labels["istio.io/rev"]');
  });
});
