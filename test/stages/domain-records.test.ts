import assert from "node:assert/strict";
import { DomainRecords } from "../../components/stages/domain-records";
import { loadBalancerHostname } from "./cloud";
import { deployed, registrationOf } from "./deployed";
import { planned } from "./support";

const records = (ipAddressType: "ipv4" | "dualstack") => () =>
  new DomainRecords("shop", {
    domain: "example.com",
    zoneId: "Z0CREATED",
    hostname: loadBalancerHostname,
    region: "ap-northeast-2",
    ipAddressType,
  });

const alias = [{ name: loadBalancerHostname, zoneId: "ZIBE1TIR4HY56", evaluateTargetHealth: true }];

describe("DomainRecords", () => {
  it("points the wildcard and the apex at the load balancer", async () => {
    const { registrations } = await deployed(records("ipv4"));
    assert.deepEqual(
      registrations
        .filter(({ type }) => type === "aws:route53/record:Record")
        .map(({ name, inputs }) => [name, inputs]),
      [
        ["shop-wildcard-a", { zoneId: "Z0CREATED", name: "*.example.com", type: "A", aliases: alias }],
        ["shop-apex-a", { zoneId: "Z0CREATED", name: "example.com", type: "A", aliases: alias }],
      ],
    );
  });

  it("adds AAAA records for a dual-stack load balancer", async () => {
    const deployment = await deployed(records("dualstack"));
    assert.deepEqual(
      ["wildcard", "apex"].map(
        (key) => registrationOf(deployment, "aws:route53/record:Record", `shop-${key}-aaaa`).inputs,
      ),
      ["*.example.com", "example.com"].map((name) => ({ zoneId: "Z0CREATED", name, type: "AAAA", aliases: alias })),
    );
  });

  it("asks for the zone of network load balancers in the stack's region", async () => {
    const { calls } = await deployed(records("ipv4"));
    assert.deepEqual(
      calls.map(({ token, inputs }) => [token, inputs as unknown]),
      [["aws:lb/getHostedZoneId:getHostedZoneId", { loadBalancerType: "network", region: "ap-northeast-2" }]],
    );
  });

  it("makes records for each domain, in that domain's zone", async () => {
    const plan = await planned({
      domain: { name: "example.com", additional: [{ name: "example.org", zone: { id: "Z0GIVEN1" } }] },
    });
    const { zoneId, name } = plan.inputs("Record shop-domain-example.org-wildcard-a");
    assert.deepEqual({ zoneId, name }, { zoneId: "Z0GIVEN1", name: "*.example.org" });
  });

  it("makes no record for an application, as the wildcard is there", async () => {
    const apps = { checkout: { host: "checkout", namespace: "shop", port: 8080 } };
    const [without, withApp] = [await planned(), await planned({ apps })];
    assert.deepEqual(withApp.ofType("aws:route53/record:Record"), without.ofType("aws:route53/record:Record"));
  });
});
