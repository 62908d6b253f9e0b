import assert from "node:assert/strict";
import { appOf, hasStatus } from "./expect";
import type { Routing } from "./routing";

/** Path, what the application answers with, and how often it is to get a request. A status of 0 cuts the connection. */
const counts: readonly (readonly [path: string, status: number, tries: number])[] = [
  ["/", 503, 4],
  ["/", 404, 1],
  ["/5xx", 500, 3],
  ["/5xx", 503, 3],
  ["/5xx", 0, 3],
  ["/5xx", 404, 1],
  ["/5xx", 429, 1],
  ["/gateway-error", 502, 3],
  ["/gateway-error", 504, 3],
  ["/gateway-error", 500, 1],
  ["/retriable-4xx", 409, 3],
  ["/retriable-4xx", 404, 1],
  ["/retriable-4xx", 503, 1],
  ["/429", 429, 3],
  ["/429", 503, 1],
  ["/429", 500, 1],
  ["/never", 503, 1],
  ["/never", 0, 1],
  ["/connect-failure", 503, 1],
  ["/reset", 503, 1],
];

/** Paths of an application, and how often a request for each is to be tried where connections are refused. */
const refused: readonly (readonly [app: string, path: string, tries: number])[] = [
  ["flaky", "/connect-failure", 3],
  ["flaky", "/reset", 3],
  ["flaky", "/5xx", 3],
  ["flaky", "/429", 1],
  ["flaky", "/never", 1],
  // It says nothing, and has what Istio gives it.
  ["narrow", "/", 3],
];

/** Tries after the first. */
export function retries(routing: () => Routing): void {
  const flaky = () => routing().programs("flaky");

  for (const [where, way] of [
    ["through the gateway", "outside"],
    ["from inside the mesh", "inside"],
  ] as const)
    describe(`a retry, ${where}`, () => {
      for (const [path, status, tries] of counts)
        it(`happens ${tries - 1} times for ${path} and ${status || "a connection that is cut"}`, async () => {
          for (const program of flaky()) await program.behave({ status, when: path });
          hasStatus(await routing()[way]("flaky", path), status || 503);
          assert.equal((await routing().received("flaky", path)).length, tries);
        });

      it("doesn't happen for a bad answer where the application says nothing", async () => {
        for (const program of routing().programs("narrow")) await program.behave({ status: 500 });
        hasStatus(await routing()[way]("narrow"), 500);
        assert.equal((await routing().received("narrow")).length, 1);
      });

      it("ends with the first good answer", async () => {
        for (const program of flaky()) await program.behave({ status: 500, times: 2 });
        assert.equal(appOf(await routing()[way]("flaky")), "flaky-v1");
        assert.equal((await routing().received("flaky")).length, 3);
      });

      for (const [path, tries] of [
        ["/reset", 3],
        ["/connect-failure", 1],
      ] as const)
        it(`happens ${tries - 1} times for ${path} and a try that takes too long`, async () => {
          const delay = 60_000;
          for (const program of flaky()) await program.behave({ delay });
          const answer = await routing()[way]("flaky", path, { timeout: delay });
          hasStatus(answer, 504);
          assert.ok(answer.milliseconds < delay / 2, `${answer.milliseconds} ms`);
          assert.equal((await routing().received("flaky", path)).length, tries);
        });

      describe("of a connection that is refused", () => {
        const refusals = new Map<string, ReturnType<Routing["refuseConnections"]>>();
        before(async () => {
          for (const [app, path] of [
            ["flaky", "/never"],
            ["narrow", "/"],
          ] as const) {
            refusals.set(app, routing().refuseConnections(app));
            // Connections that were open notice with their next request.
            for (let request = 0; request < 3; request++) await routing()[way](app, path);
          }
        });
        after(() => refusals.forEach((each) => each.end()));

        for (const [app, path, tries] of refused)
          it(`happens ${tries - 1} times for ${path} of ${app}`, async () => {
            refusals.get(app)?.count();
            hasStatus(await routing()[way](app, path), 503);
            assert.equal(refusals.get(app)?.count(), tries);
          });
      });
    });
}
