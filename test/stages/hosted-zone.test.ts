import assert from "node:assert/strict";
import { HostedZone } from "../../components/stages/hosted-zone";
import { nameServers } from "./cloud";
import { deployed, registrationOf, valueOf } from "./deployed";

const created = () => new HostedZone("shop-zone", { domain: { name: "example.com", zone: { create: true } } });
const byId = () => new HostedZone("shop-zone", { domain: { name: "example.com", zone: { id: "Z0GIVEN" } } });
const byName = () =>
  new HostedZone("shop-zone", { domain: { name: "apps.example.com", zone: { name: "example.com" } } });

describe("HostedZone that is created", () => {
  it("is a zone of the domain", async () => {
    const deployment = await deployed(created);
    assert.deepEqual(registrationOf(deployment, "aws:route53/zone:Zone", "shop-zone").inputs, {
      name: "example.com",
      comment: "Applications under *.example.com",
    });
  });

  it("hands over its id and its name servers", async () => {
    const { result } = await deployed(created);
    assert.deepEqual(
      [await valueOf(result.zoneId), result.nameServers && (await valueOf(result.nameServers))],
      ["Z0CREATED", nameServers],
    );
  });

  it("asks for its delegation, which the certificate waits for", async () => {
    const { logged } = await deployed(created);
    assert.deepEqual(logged, [
      "Name servers of example.com: ns-1.awsdns-01.com, ns-2.awsdns-02.net, ns-3.awsdns-03.org, ns-4.awsdns-04.co.uk. Until its registrar or its parent zone has NS records with them, the certificate waits.",
    ]);
  });

  it("asks for nothing on a preview, whether the zone is there or not", async () => {
    const first = await deployed(created, { preview: true });
    const later = await deployed(created, {
      preview: true,
      outputs: { "aws:route53/zone:Zone": { zoneId: "Z0CREATED", nameServers } },
    });
    assert.deepEqual([first.logged, later.logged], [[], []]);
  });
});

describe("HostedZone that exists", () => {
  it("is taken by its id, without a question to AWS", async () => {
    const { result, registrations, calls } = await deployed(byId);
    assert.deepEqual(
      [await valueOf(result.zoneId), registrations.map(({ type }) => type), calls],
      ["Z0GIVEN", ["eks-istio:stage:HostedZone"], []],
    );
  });

  it("is looked up by its name, among public zones only", async () => {
    const { calls } = await deployed(byName);
    assert.deepEqual(
      calls.map(({ token, inputs }) => [token, inputs as unknown]),
      [["aws:route53/getZone:getZone", { name: "example.com", privateZone: false }]],
    );
  });

  it("has the id that the lookup gave, and no resource of ours", async () => {
    const { result, registrations } = await deployed(byName);
    assert.deepEqual(
      [await valueOf(result.zoneId), registrations.map(({ type }) => type)],
      ["Z0LOOKEDUP", ["eks-istio:stage:HostedZone"]],
    );
  });

  it("asks for no delegation", async () => {
    const { result, logged } = await deployed(byName);
    assert.deepEqual([result.nameServers, logged], [undefined, []]);
  });
});
