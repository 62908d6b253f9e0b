import assert from "node:assert/strict";
import { answered } from "../../cluster/host";
import { hasStatus } from "../routing/expect";
import type { Access } from "./access";

/** Who is let in, by who they are. */
const table: readonly (readonly [what: string, request: string, status: number])[] = [
  ["what comes through the gateway, where a rule says so", "GET https://orders.example.com/orders", 200],
  ["another method through the gateway", "POST https://orders.example.com/orders", 403],
  ["another path through the gateway", "GET https://orders.example.com/metrics", 403],
  ["a part of the path in the middle", "GET https://orders.example.com/users/7/orders", 200],
  ["two parts where one may be", "GET https://orders.example.com/users/7/8/orders", 403],
  ["the end of a path", "GET https://orders.example.com/any/health", 200],
  ["an application that a rule lists", "DELETE http://orders.shop/orders from caller", 200],
  ["an application that no rule lists", "GET http://orders.shop/orders from stranger", 403],
  ["what a rule refuses, though another lets it in", "GET http://orders.shop/orders/internal from caller", 403],
  ["what a rule refuses to others", "GET http://orders.shop/orders/internal from scoped", 200],
  ["a workload of a namespace that a rule lists", "GET http://orders.shop/metrics from tool", 200],
  ["a workload of another namespace", "GET http://orders.shop/metrics from caller", 403],
  ["the container's port", "GET http://stock.shop/ from caller", 200],
  ["anybody, where a rule asks nothing", "GET http://tool.tools/ from stranger", 200],
  ["anybody in the mesh, where there are no rules", "GET http://stranger.shop/ from caller", 403],
  ["a client with an address that is let in", "GET https://office.example.com/ from 203.0.113.7", 200],
  ["a client with another address", "GET https://office.example.com/ from 198.51.100.9", 403],
  ["a client with an address that is refused", "GET https://office.example.com/ from 203.0.113.66", 403],
  ["a client with a range that is refused", "GET https://office.example.com/ from 203.0.113.200", 403],
];

export function callers(access: () => Access): void {
  describe("a closed mesh", () => {
    for (const [what, request, status] of table)
      it(`${status === 200 ? "lets in" : "refuses"} ${what}`, async () =>
        hasStatus(await access().send(request), status));

    it("refuses a request without the header that a rule asks for", async () => {
      const pay = (purpose: string) =>
        access().send("POST http://orders.shop/pay from caller", { "x-purpose": purpose });
      hasStatus(await pay("order-7"), 200);
      hasStatus(await pay("other"), 403);
    });

    it("lets no client in by an address that it claims", async () => {
      const headers = { "x-forwarded-for": "203.0.113.7", "x-envoy-external-address": "203.0.113.7" };
      hasStatus(await access().send("GET https://office.example.com/ from 198.51.100.9", headers), 403);
    });

    it("lets nobody inside the mesh in by an address that it claims", async () => {
      const headers = { "x-forwarded-for": "203.0.113.7", "x-envoy-external-address": "203.0.113.7" };
      for (const from of ["caller", "tool"])
        hasStatus(await access().send(`GET http://office.shop/ from ${from}`, headers), 403);
    });

    it("resets plain HTTP from a pod without a sidecar, also where everybody may call", async () => {
      assert.equal((await access().send("GET http://tool.tools/ from outsider")).error, "ECONNRESET");
    });

    it("resets plain HTTP from outside of the cluster", async () => {
      const { address } = await access().mesh.kubelet.ready("shop", { app: "orders" });
      const answer = await (await access().real.outside()).call({ host: "orders.shop", address, port: 3000 });
      assert.equal(answer.error, "ECONNRESET");
    });

    it("leads to the version that a route says, once let in", async () => {
      const answer = await access().send("GET https://orders.example.com/orders", { "x-version": "v2" });
      hasStatus(answer, 200);
      assert.equal(answered(answer).app, "orders-v2");
    });
  });
}
