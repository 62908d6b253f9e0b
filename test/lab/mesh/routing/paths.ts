import assert from "node:assert/strict";
import { answered } from "../../cluster/host";
import { appOf, hasStatus } from "./expect";
import type { Routing } from "./routing";

/** Paths of one host to several services. */
export function paths(routing: () => Routing): void {
  for (const [where, way] of [
    ["through the gateway", "outside"],
    ["from inside the mesh", "inside"],
  ] as const) {
    describe(`a path, ${where}`, () => {
      for (const [what, path, app] of [
        ["prefix leads to another service", "/api/members/7?sort=name", "members-v1"],
        ["prefix leads to a service on a port of its own", "/api/points", "points-v1"],
        ["prefix leads to a version of a service in another namespace", "/api/reviews/1", "reviews-v2"],
        ["that matches exactly leads to its service", "/exact", "members-v1"],
        ["that begins like an exact one leads to the application", "/exact/more", "web-v1"],
        ["that an expression matches leads to its service", "/item/42", "members-v1"],
        ["that an expression matches in part leads to the application", "/item/42/more", "web-v1"],
        ["matches without regard to case where that is said", "/cASE/x", "members-v1"],
        ["matches with regard to case otherwise", "/API/members", "web-v1"],
        ["that nothing matches leads to the application", "/elsewhere", "web-v1"],
        ["that two routes match takes the first, the narrower", "/first/narrow", "members-v1"],
        ["that two routes match takes the first, the wider", "/second/narrow", "points-v1"],
      ] as const)
        it(what, async () => assert.equal(appOf(await routing()[way]("web", path)), app));

      for (const [what, path, seen] of [
        ["keeps its query", "/api/members/7?sort=name", "/api/members/7?sort=name"],
        ["is rewritten at its prefix", "/shop/cart?item=1", "/cart?item=1"],
        ["is rewritten by an expression", "/users/anna/orders?from=1", "/orders/anna?from=1"],
      ] as const)
        it(what, async () => {
          const answer = await routing()[way]("web", path);
          appOf(answer);
          assert.equal(answered(answer).path, seen);
        });

      it("may come with another host for the application", async () => {
        const answer = await routing()[way]("web", "/renamed");
        appOf(answer);
        assert.equal(answered(answer).headers.host, "inside.example.net");
      });
    });
  }

  describe("a route for one way in", () => {
    it("holds for that one", async () => {
      assert.equal(appOf(await routing().outside("web", "/way")), "members-v1");
      assert.equal(appOf(await routing().inside("web", "/way")), "points-v1");
    });

    it("may be told by the port that the request was sent to", async () => {
      assert.equal(appOf(await routing().outside("web", "/port")), "members-v1");
      assert.equal(appOf(await routing().inside("web", "/port")), "points-v1");
    });
  });

  describe("cross-origin requests", () => {
    const preflight = (origin: string) =>
      routing().outside("web", "/cors", {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "PUT" },
      });

    for (const origin of ["https://app.example.com", "https://one.partner.example"])
      it(`may be made by ${origin}`, async () => {
        const { status, headers = {} } = await preflight(origin);
        assert.equal(status, 200);
        assert.equal(headers["access-control-allow-origin"], origin);
        assert.equal(headers["access-control-allow-methods"], "GET,PUT");
        assert.equal(headers["access-control-allow-headers"], "x-token");
        assert.equal(headers["access-control-max-age"], "86400");
        assert.equal(headers["access-control-allow-credentials"], "true");
        assert.deepEqual(await routing().received("web", "/cors"), []);
      });

    it("may read the answer", async () => {
      const { headers = {} } = await routing().outside("web", "/cors", {
        headers: { origin: "https://app.example.com" },
      });
      assert.equal(headers["access-control-allow-origin"], "https://app.example.com");
      assert.equal(headers["access-control-expose-headers"], "x-total");
    });

    for (const origin of ["https://evil.example", "https://app.example.com.evil.example", "http://app.example.com"])
      it(`may not be made by ${origin}`, async () => {
        const { headers = {} } = await preflight(origin);
        assert.equal(headers["access-control-allow-origin"], undefined);
      });

    it("are left to the application on other routes", async () => {
      const headers = { origin: "https://app.example.com", "access-control-request-method": "PUT" };
      const answer = await routing().outside("web", "/", { method: "OPTIONS", headers });
      hasStatus(answer, 200);
      assert.equal(answer.headers?.["access-control-allow-origin"], undefined);
      assert.equal((await routing().received("web")).length, 1);
    });
  });
}
