import assert from "node:assert/strict";
import { hasStatus } from "./expect";
import type { Routing } from "./routing";

/** How much earlier than it is set a timer of Envoy's may end, in milliseconds: its clock goes in steps of up to 10. */
export const tick = 50;

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
      it("gives 504 in its time, and is not tried again; a route's own replaces the application's", async () => {
        const delay = 60_000;
        await behave(delay);
        const ask = (path: string) => routing()[way]("flaky", path, { timeout: delay });
        // Both at once: whatever holds up the one holds up the other.
        const [short, long] = await Promise.all([ask("/short"), ask("/longer")]);
        hasStatus(short, 504);
        hasStatus(long, 504);
        assert.ok(short.milliseconds >= 4000 - tick, `${short.milliseconds} ms`);
        assert.ok(long.milliseconds >= 8000 - tick, `${long.milliseconds} ms`);
        assert.ok(short.milliseconds < long.milliseconds, `${short.milliseconds} and ${long.milliseconds} ms`);
        const paths = (await routing().received("flaky")).map(({ path }) => path);
        assert.deepEqual(paths.sort(), ["/longer", "/short"]);
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
