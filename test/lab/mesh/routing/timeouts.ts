import assert from "node:assert/strict";
import { appOf, hasStatus } from "./expect";
import type { Routing } from "./routing";

/** Requests that are cut off. */
export function timeouts(routing: () => Routing): void {
  const behave = (delay: number, status = 200) =>
    Promise.all(
      routing()
        .programs("flaky")
        .map((program) => program.behave({ delay, status })),
    );

  for (const [where, way] of [
    ["through the gateway", "outside"],
    ["from inside the mesh", "inside"],
  ] as const)
    describe(`a timeout, ${where}`, () => {
      it("gives 504 long before the application answers, and is not tried again", async () => {
        const delay = 60_000;
        await behave(delay);
        const answer = await routing()[way]("flaky", "/", { timeout: delay });
        hasStatus(answer, 504);
        assert.ok(answer.milliseconds < delay / 2, `${answer.milliseconds} ms`);
        assert.equal((await routing().received("flaky")).length, 1);
      });

      it("of a route replaces the application's", async () => {
        // The application's are 4 s.
        await behave(5000);
        assert.equal(appOf(await routing()[way]("flaky", "/patient", { timeout: 60_000 })), "flaky-v1");
      });

      it("holds for the whole request, its tries included", async () => {
        await behave(1500, 503);
        const answer = await routing()[way]("flaky", "/budget", { timeout: 60_000 });
        hasStatus(answer, 504);
        // 21 tries would take half a minute; 4 s have room for three.
        const tries = (await routing().received("flaky", "/budget")).length;
        assert.ok(tries > 0 && tries <= 3, `${tries} tries`);
      });
    });
}
