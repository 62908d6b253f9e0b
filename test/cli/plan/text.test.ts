import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { planOf, type Plan } from "../../../cli/plan/plan";
import { planText } from "../../../cli/plan/text";
import type { Finding } from "../../../policies/engine/evaluate";
import { planned } from "../../stages/support";
import { twoGateways } from "../../stages/two-gateways";

const empty = planOf("shop", "dev", "eu-west-1", []);

function finding(index: number): Finding {
  return {
    rule: "K8S-TEST",
    severity: index === 0 ? "mandatory" : "advisory",
    resource: `Pod shop/web-${index}`,
    path: "",
    message: "is wrong.",
    fix: "Mend it.",
  };
}

/** The lines below a title. */
function section(title: string, plan: Plan): string[] {
  const lines = stripVTControlCharacters(planText(plan)).split("\n");
  const below = lines.slice(lines.indexOf(title) + 1);
  return below.slice(0, below.indexOf(""));
}

describe("a plan for people", () => {
  it("has every finding, however many there are", () => {
    const findings = Array.from({ length: 60 }, (_, index) => finding(index));
    const lines = stripVTControlCharacters(planText({ ...empty, findings }))
      .trimEnd()
      .split("\n");
    assert.equal(lines.at(-61), "Findings");
    assert.equal(lines.at(-60), "  mandatory: K8S-TEST  Pod shop/web-0: is wrong. Mend it.");
    assert.equal(lines.at(-1), "  advisory: K8S-TEST  Pod shop/web-59: is wrong. Mend it.");
  });

  it("says which load balancer a record leads to, where there are several", async () => {
    const { resources } = await planned(twoGateways);
    assert.deepEqual(section("DNS records", planOf("eks-istio", "dev", "ap-northeast-2", resources)), [
      "  *.example.com       A     → the load balancer of public",
      "  *.example.com       AAAA  → the load balancer of public",
      "  example.com         A     → the load balancer of public",
      "  example.com         AAAA  → the load balancer of public",
      "  *.example.org       A     → the load balancer of public",
      "  *.example.org       AAAA  → the load balancer of public",
      "  example.org         A     → the load balancer of public",
      "  example.org         AAAA  → the load balancer of public",
      "  *.corp.example.com  A     → the load balancer of internal",
      "  corp.example.com    A     → the load balancer of internal",
      "  *.example.net       A     → the load balancer of internal",
      "  example.net         A     → the load balancer of internal",
    ]);
  });

  it("has the rate limits by their keys, and nothing of them where there are none", async () => {
    const limit = (requests: number, per: string, burst?: number) => ({
      local: { requests, per, ...(burst !== undefined && { burst }) },
    });
    const web = {
      host: "web",
      namespace: "shop",
      port: 8080,
      rateLimit: limit(100, "1s", 200),
      routes: [{ match: [{ uri: { prefix: "/login" } }], rateLimit: limit(5, "1m") }],
    };
    const stack = { gateways: { default: { rateLimit: limit(1000, "500ms") } }, apps: { web } };
    const plan = async (sections?: typeof stack) =>
      planOf("eks-istio", "dev", "ap-northeast-2", (await planned(sections)).resources);
    assert.deepEqual(section("Rate limits", await plan(stack)), [
      "  gateways.default.rateLimit.local    each pod lets 1000 in 0.5s through; others get 429",
      "  apps.web.routes[0].rateLimit.local  each pod of its gateway lets 5 in 60s through; others get 429",
      "  apps.web.rateLimit.local            each pod lets 100 in 1s through, 200 at once; others get 429",
    ]);
    assert.doesNotMatch(planText(await plan()), /Rate limits/);
  });

  const arn = "arn:aws:acm:ap-northeast-2:123456789012:certificate/0f1e2d3c";
  const planFor = async (domain: object) =>
    planOf("eks-istio", "dev", "ap-northeast-2", (await planned({ domain })).resources);

  it("lists a given certificate beside a requested one", async () => {
    const plan = await planFor({
      name: "shop.dev",
      zone: { name: "shop.dev" },
      additional: [{ name: "shop.eu", zone: { name: "shop.eu" }, certificate: { arn } }],
    });
    assert.deepEqual(section("Certificates", plan), [
      `  ${"*.shop.dev, shop.dev".padEnd(arn.length)}  validated by DNS, 1 record`,
      `  ${arn}  given`,
    ]);
    assert.deepEqual(plan.givenCertificates, [arn]);
  });

  it("lists a given certificate alone", async () => {
    const plan = await planFor({ name: "shop.dev", zone: { name: "shop.dev" }, certificate: { arn } });
    assert.deepEqual(section("Certificates", plan), [`  ${arn}  given`]);
  });

  it("says which domains a real preview refuses: those for examples, if their zone is to be created", async () => {
    const additional = [{ name: "shop.dev" }, { name: "example.org" }, { name: "a.test", zone: { name: "a.test" } }];
    assert.deepEqual(section("Before a real preview", await planFor({ name: "example.com", additional })), [
      "  example.com is a name for examples, which nobody owns: pulumi preview and up refuse it. Write a domain of yours.",
      "  example.org is a name for examples, which nobody owns: pulumi preview and up refuse it. Write a domain of yours.",
    ]);
  });

  it("says nothing of that where no preview refuses a domain", async () => {
    assert.doesNotMatch(planText(await planFor({ name: "shop.dev" })), /Before a real preview/);
  });

  it("lists every URL of an application", () => {
    const urls = { web: ["https://example.com", "https://www.example.com"], cart: ["https://cart.example.com"] };
    assert.deepEqual(section("Applications", { ...empty, urls }), [
      "  web   https://example.com",
      "        https://www.example.com",
      "  cart  https://cart.example.com",
    ]);
  });
});
