import assert from "node:assert/strict";
import { until } from "../../cluster/daemon";
import { appOf, countBy, hasStatus } from "./expect";
import type { Routing } from "./routing";
import { tick } from "./timeouts";

/** What routes do besides sending requests on: answers, copies, faults, and routes of others. */
export function actions(routing: () => Routing): void {
  for (const [where, way] of [
    ["through the gateway", "outside"],
    ["from inside the mesh", "inside"],
  ] as const)
    describe(`a route, ${where}`, () => {
      const ask = (path: string, headers?: Readonly<Record<string, string>>) =>
        routing()[way]("web", path, { ...(headers && { headers }) });

      it("answers by itself, with a text and headers of its own, and passes nothing on", async () => {
        const answer = await ask("/closed");
        hasStatus(answer, 503);
        assert.equal(answer.text, '{"back": "at noon"}');
        assert.equal(answer.headers?.["content-type"], "application/json");
        assert.deepEqual(await routing().received("web", "/closed"), []);
      });

      it("copies requests, and waits for the first alone", async () => {
        for (const program of routing().programs("members")) await program.behave({ status: 500 });
        assert.equal(appOf(await ask("/copied")), "web-v1");
        const [copy, ...others] = await until("the copy to arrive", async () => {
          const received = await routing().received("members", "/copied");
          return received.length > 0 ? received : undefined;
        });
        assert.equal(others.length, 0);
        assert.equal(copy?.method, "GET");
      });

      it("holds requests up, and gives them on then", async () => {
        const answer = await ask("/held");
        assert.equal(appOf(answer), "web-v1");
        assert.ok(answer.milliseconds >= 2000 - tick, `${answer.milliseconds} ms`);
      });

      it("answers all or a share of requests with an error that the application never sees", async () => {
        hasStatus(await ask("/aborted"), 418);
        assert.deepEqual(await routing().received("web", "/aborted"), []);
        const answers = await Promise.all(Array.from({ length: 60 }, () => ask("/halved")));
        // Of 60, all or none is one in 10¹⁸.
        const { 200: passed = 0, 418: aborted = 0 } = countBy(answers, ({ status = 0 }) => status);
        assert.equal(passed + aborted, 60);
        assert.ok(passed > 0 && aborted > 0, `${passed} passed`);
      });

      it("asks whether a header is there, whatever it says", async () => {
        assert.equal(appOf(await ask("/present", { "x-token": "" })), "members-v1");
        assert.equal(appOf(await ask("/present")), "points-v1");
        assert.equal(appOf(await ask("/absent", { "x-token": "1" })), "web-v1");
        assert.equal(appOf(await ask("/absent")), "members-v1");
      });

      it("leaves what it takes to the routes of others, with what they don't say themselves", async () => {
        await routing().mesh.api.apply({
          apiVersion: "networking.istio.io/v1",
          kind: "VirtualService",
          metadata: { name: "team", namespace: "shop" },
          spec: {
            http: [{ route: [{ destination: { host: "points.web.svc.cluster.local", port: { number: 9090 } } }] }],
          },
        });
        // Until istiod knows them, the routes behind this one take the request.
        await until("the routes of others", async () => appOf(await ask("/team")) === "points-v1" || undefined);
        const [received] = await routing().received("points", "/team");
        assert.equal(received?.headers["x-team"], "delegated");
      });
    });

  it("a scheme is what an application says inside the mesh", async () => {
    const headers = { "x-forwarded-proto": "https" };
    assert.equal(appOf(await routing().inside("web", "/scheme", { headers })), "members-v1");
    assert.equal(appOf(await routing().inside("web", "/scheme")), "points-v1");
  });

  it("a version and a port have connection pools of their own", async () => {
    const most = await routing().mostConnections("caller");
    const limit = (port: number, subset: string, host: string) =>
      most.get(`outbound|${port}|${subset}|${host}.svc.cluster.local`);
    assert.deepEqual([limit(9080, "v2", "reviews.bookinfo"), limit(9080, "v3", "reviews.bookinfo")], [9, 7]);
    assert.equal(limit(9090, "", "points.web"), 8);
  });
}
