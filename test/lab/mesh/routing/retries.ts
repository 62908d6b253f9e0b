import assert from "node:assert/strict";
import { until } from "../../cluster/daemon";
import { appOf, hasStatus } from "./expect";
import type { Routing } from "./routing";
import { tick } from "./timeouts";

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
          // Each try has 2 s.
          assert.ok(answer.milliseconds >= 2000 * tries - tick, `${answer.milliseconds} ms`);
          assert.ok(answer.milliseconds < delay / 2, `${answer.milliseconds} ms`);
          assert.equal((await routing().received("flaky", path)).length, tries);
        });

      describe("of a connection that is refused", () => {
        const refusals = new Map<string, ReturnType<Routing["refuseConnections"]>>();
        before(async () => {
          // A connection that was open notices with its next request, which is reset, not refused, and so not tried
          // again as often. Each of Envoy's threads may have some: none is left once many requests, over as many of its
          // threads as there are, are all tried as often as they should.
          for (const [app, path, tries, parallel] of [
            ["flaky", "/connect-failure", 3, 10],
            // It has room for one at a time.
            ["narrow", "/", 3, 1],
          ] as const) {
            const refusal = routing().refuseConnections(app);
            refusals.set(app, refusal);
            const times = 10;
            await until(`every connection to ${app} to be refused`, async () => {
              refusal.count();
              for (let sent = 0; sent < times; sent += parallel)
                await Promise.all(Array.from({ length: parallel }, () => routing()[way](app, path)));
              const count = refusal.count();
              if (count === times * tries) return true;
              throw new Error(`${count} refusals of ${times * tries}`);
            });
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
