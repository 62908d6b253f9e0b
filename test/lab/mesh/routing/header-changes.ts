import assert from "node:assert/strict";
import { answered } from "../../cluster/host";
import { appOf } from "./expect";
import type { Routing } from "./routing";

/** Headers that the application's entry changes. */
export function headerChanges(routing: () => Routing): void {
  for (const [where, way] of [
    ["through the gateway", "outside"],
    ["from inside the mesh", "inside"],
  ] as const)
    describe(`headers, ${where}`, () => {
      const sent = { "x-team": "client", "x-trail": "client", "x-secret": "s", "x-noise": "n" };

      /** What application and client see of a request for a path. */
      async function exchange(path: string) {
        for (const program of routing().programs("web"))
          await program.behave({ headers: { "x-served-by": "nobody", "x-internal": "i", "x-trail": "own" } });
        const answer = await routing()[way]("web", path, { headers: sent });
        assert.equal(appOf(answer), "web-v1");
        return { request: answered(answer).headers, response: answer.headers ?? {} };
      }

      it("of the application are set, added and removed on every route", async () => {
        for (const path of ["/", "/shop/"]) {
          const { request, response } = await exchange(path);
          assert.equal(request["x-team"], "web");
          assert.equal(request["x-trail"], "client, application");
          assert.equal(request["x-secret"], undefined);
          assert.equal(request["x-noise"], "n");
          assert.equal(response["x-served-by"], "web");
          assert.equal(response["x-internal"], undefined);
        }
      });

      it("of a route come on top, and win", async () => {
        const { request, response } = await exchange("/headers");
        assert.equal(request["x-team"], "route");
        assert.equal(request["x-trail"], "client, route");
        assert.equal(request["x-share"], "50%");
        assert.equal(request["x-secret"], undefined);
        assert.equal(request["x-noise"], undefined);
        assert.equal(response["x-served-by"], "route");
        assert.equal(response["x-trail"], "own, route");
        assert.equal(response["x-internal"], undefined);
      });
    });
}
