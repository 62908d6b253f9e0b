import assert from "node:assert/strict";
import { Platform } from "../../components/platform";
import { settingsOf } from "../stack";
import { deployed } from "./deployed";
import { stackKeys, type Sections } from "./support";

const second = {
  domain: { name: "example.com", gateway: "default", additional: [{ name: "example.org", gateway: "internal" }] },
};
const gateways = (default_: object, internal: object) => ({ gateways: { default: default_, internal } });

// What eks.Cluster makes inside itself is not seen here: the lab shows that its control plane is protected.
describe("protection from deletion", () => {
  it("is nobody's unless a setting asks for it", async () => {
    assert.deepEqual(await protectedOnes({ ...second, ...gateways({}, {}) }), []);
  });

  it("of the cluster is of istiod and the created zones", async () => {
    assert.deepEqual(
      await protectedOnes({
        ...gateways({}, {}),
        domain: {
          name: "example.com",
          additional: [
            { name: "example.org", gateway: "internal" },
            { name: "example.net", gateway: "internal", zone: { id: "Z0GIVEN1" } },
          ],
          gateway: "default",
        },
        cluster: { deletionProtection: true },
      }),
      ["Release shop-mesh-istiod", "Zone shop-domain-example.com-zone", "Zone shop-domain-example.org-zone"],
    );
  });

  it("of a gateway is of its Service, its pods and the records of its domains", async () => {
    assert.deepEqual(
      await protectedOnes({ ...second, ...gateways({}, { deletionProtection: true, ipAddressType: "dualstack" }) }),
      [
        "Record shop-domain-example.org-apex-a",
        "Record shop-domain-example.org-apex-aaaa",
        "Record shop-domain-example.org-wildcard-a",
        "Record shop-domain-example.org-wildcard-aaaa",
        "Release shop-istio-ingress-internal/istio-ingress-internal",
        "Service shop-istio-ingress-internal/istio-ingress-internal",
      ],
    );
  });
});

async function protectedOnes(sections: Sections): Promise<string[]> {
  const { registrations } = await deployed(() => new Platform("shop", { settings: settingsOf(stackKeys(sections)) }));
  return registrations
    .filter(({ protect }) => protect)
    .map(({ type, name }) => `${type.split(":").at(-1) ?? ""} ${name}`)
    .sort();
}
