import assert from "node:assert/strict";
import { Platform } from "../../components/platform";
import { settingsOf } from "../stack";
import { deployed, registrationOf } from "./deployed";
import { planned, stackKeys, type Sections } from "./support";

const workload = { image: "registry.example.com/cart:1.0", serviceAccount: { name: "till" } };
const app = { namespace: "shop", port: 8080, service: "till", workload };
const edge = { name: "istio-edge", namespace: "edge" };
const override = { namespace: "shop", mode: "PERMISSIVE" };

/** A stack file whose entries have these keys. */
function keyed(app_: string, gateway: string, override_: string): Sections {
  return {
    apps: { [app_]: app },
    gateways: { [gateway]: edge },
    domain: { name: "example.com", gateway },
    mesh: { mtls: { overrides: { [override_]: override } } },
  };
}

describe("objects that keep their names in the cluster", () => {
  const kept = /:(Namespace|PeerAuthentication|Release|Service|ServiceAccount)$/;
  const names = [
    "Namespace shop-edge",
    "PeerAuthentication shop-mtls-shop/default",
    "Release shop-edge/istio-edge",
    "Service shop-edge/istio-edge",
    "Service shop-shop/till",
    "ServiceAccount shop-shop/till",
  ];

  for (const [title, sections] of Object.entries({
    "have Pulumi names by what they are there": keyed("cart", "default", "legacy"),
    "keep their Pulumi names under other keys": keyed("basket", "public", "old"),
  }))
    it(title, async () => {
      const plan = await planned(sections);
      const found = plan.ofType(kept);
      assert.deepEqual(
        names.filter((name) => !found.includes(name)),
        [],
      );
    });

  for (const [type, name, former] of [
    ["kubernetes:core/v1:Service", "shop-shop/till", ["App", "shop-app-cart-service"]],
    ["kubernetes:core/v1:ServiceAccount", "shop-shop/till", ["App", "shop-app-cart-service-account"]],
    ["kubernetes:core/v1:Service", "shop-edge/istio-edge", ["Gateway", "shop-gateway-public-service"]],
    ["kubernetes:helm.sh/v3:Release", "shop-edge/istio-edge", ["Gateway", "shop-gateway-public-pods"]],
    [
      "kubernetes:security.istio.io/v1:PeerAuthentication",
      "shop-mtls-shop/default",
      ["MtlsOverrides", "shop-mtls-legacy"],
    ],
  ] as const)
    it(`are found under their former names: ${former[1]}`, async () => {
      const settings = settingsOf(stackKeys(keyed("cart", "public", "legacy")));
      const { aliases } = registrationOf(await deployed(() => new Platform("shop", { settings })), type, name);
      const [stage, formerName] = former;
      assert.deepEqual(aliases, [
        `urn:pulumi:dev::eks-istio::eks-istio:stage:Platform$eks-istio:stage:${stage}$${type}::${formerName}`,
      ]);
    });
});
