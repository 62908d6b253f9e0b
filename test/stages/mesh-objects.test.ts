import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import type { AppObjectKey, MeshObject } from "../../components/manifests/mesh-object";
import { resolveAccess } from "../../components/access/resolve";
import { portsOf, resolveApp } from "../../components/routing/resolve";
import { App } from "../../components/stages/app";
import {
  registerMeshObjects,
  type MeshObjectPlace,
  type MeshObjectTransforms,
} from "../../components/stages/mesh-objects";
import { appOf, dataPlane } from "../manifests/app";
import { deployed, type Deployment } from "./deployed";

const rule: MeshObject = {
  key: "destination-rule",
  object: {
    apiVersion: "networking.istio.io/v1",
    kind: "DestinationRule",
    metadata: { name: "checkout", namespace: "shop" },
    spec: Object.freeze({ host: "checkout" }),
  },
  after: [],
};
const [ingress, mesh] = ["ingress", "mesh"].map((key): MeshObject => ({
  ...rule,
  key,
  object: { ...rule.object, kind: "VirtualService" },
  after: [rule.key],
})) as [MeshObject, MeshObject];

const provider = () => new k8s.Provider("shop-kubernetes", {});

/** What is registered, by name. */
async function registered(objects: readonly MeshObject[], place: Partial<MeshObjectPlace> = {}) {
  const { registrations } = await deployed(() => {
    const kubernetes = provider();
    registerMeshObjects(objects, { parent: kubernetes, name: "app", provider: kubernetes, dependsOn: [], ...place });
  });
  return Object.fromEntries(registrations.slice(1).map(({ name, inputs }) => [name, inputs.spec]));
}

describe("mesh objects as resources", () => {
  it("are named by their keys, in their order", async () => {
    const specs = await registered([rule, ingress, mesh]);
    assert.deepEqual(Object.keys(specs), ["app-destination-rule", "app-ingress", "app-mesh"]);
  });

  it("are changed by kind, and after that by key", async () => {
    const append = (text: string) => (args: k8s.apiextensions.CustomResourceArgs) => {
      const spec = args.spec as { host: string };
      spec.host += text;
    };
    const transform = { VirtualService: append(" of a kind"), mesh: append(", of a key") };
    assert.deepEqual(await registered([rule, ingress, mesh], { transform }), {
      "app-destination-rule": { host: "checkout" },
      "app-ingress": { host: "checkout of a kind" },
      "app-mesh": { host: "checkout of a kind, of a key" },
    });
  });

  it("never wait for what nobody gives: a wrong key is an error, not an order that is lost", async () => {
    await assert.rejects(
      registered([{ ...mesh, after: ["gateway/internal"] }]),
      /^Error: app-mesh is to wait for gateway\/internal, which is neither given nor made before it\.$/,
    );
  });
});

describe("App with hosts on several gateways", () => {
  const hosts = [
    { hostname: "checkout.example.com", gateway: "default" },
    { hostname: "checkout.corp.example.com", gateway: "internal" },
  ];
  const make = (meshObjects?: MeshObjectTransforms<AppObjectKey>) =>
    deployed(() => {
      const kubernetes = provider();
      const app = { ...appOf(), hosts };
      const gateway = (name: string) => ({ name: `${name}/wildcard`, ready: kubernetes });
      return new App("shop-app-checkout", {
        app,
        routing: resolveApp(app, portsOf([app])),
        access: resolveAccess(app, { callers: { apps: new Map(), gateways: new Map() }, byDefault: "allow" }),
        cluster: {
          name: "shop",
          provider: kubernetes,
          nodes: [],
          dns: kubernetes,
          podIdentityAgent: kubernetes,
          volumes: kubernetes,
        },
        mesh: { dataPlaneOf: () => dataPlane, ready: kubernetes },
        gateways: new Map([
          ["default", gateway("istio-ingress")],
          ["internal", gateway("istio-ingress-internal")],
        ]),
        namespace: { name: "shop", dataPlane, ready: [] },
        transform: meshObjects && { meshObjects },
      });
    });
  let deployment: Deployment<App>;
  before(async () => {
    deployment = await make();
  });

  it("has a rule for each, named by the gateway's key but for the default one", () => {
    const rules = deployment.registrations.filter(({ type }) => type.endsWith(":VirtualService"));
    assert.deepEqual(
      rules.map(({ name, inputs }) => [name, (inputs.spec as { gateways: string[] }).gateways]),
      [
        ["shop-app-checkout-ingress", ["istio-ingress/wildcard"]],
        ["shop-app-checkout-ingress-internal", ["istio-ingress-internal/wildcard"]],
      ],
    );
  });

  it("may have its rules on one gateway changed by that gateway's name", async () => {
    const { registrations } = await make({
      "ingress-internal": (_, opts) => {
        opts.protect = true;
      },
    });
    assert.deepEqual(
      registrations.filter(({ protect }) => protect).map(({ name }) => name),
      ["shop-app-checkout-ingress-internal"],
    );
  });

  const nothing = () => undefined;
  for (const [what, transforms, advice] of [
    // @ts-expect-error -- no kind is called so
    ["a kind", { VirtualServce: nothing }, 'Did you mean "VirtualService"?'],
    // @ts-expect-error -- no key is called so
    ["a key", { "destination-rules": nothing }, 'Did you mean "destination-rule"?'],
    ["the name of a gateway", { "ingress-internl": nothing }, 'Did you mean "ingress-internal"?'],
  ] satisfies [string, MeshObjectTransforms<AppObjectKey>, string][])
    it(`refuses a transform with a slip in ${what}, which would change nothing`, async () => {
      const [key] = Object.keys(transforms);
      await assert.rejects(make(transforms), {
        message: `The transform meshObjects.${key} of applications would change nothing: it is neither a kind nor a key of their objects. ${advice}`,
      });
    });
});
