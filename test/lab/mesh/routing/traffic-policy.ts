import assert from "node:assert/strict";
import { until } from "../../cluster/daemon";
import { answered, type Answer, type Host, type Received } from "../../cluster/host";
import { countBy } from "./expect";
import type { Routing } from "./routing";

/** What a DestinationRule does. */
export function trafficPolicy(routing: () => Routing): void {
  describe("of two pods", () => {
    before(() => routing().scale("pair", "web", 2, [() => routing().outside("pair"), () => routing().inside("pair")]));

    const pair = (times: number, headers: Readonly<Record<string, string>> = {}) =>
      routing().internet.calls(routing().publicCall("pair", "/", { headers }), times);

    it("one session stays with one of them, and sessions are spread", async () => {
      const pods = new Set<string>();
      for (let session = 0; session < 20; session++) {
        const answers = await pair(5, { "x-session": `session-${session}` });
        const own = new Set(answers.map((answer) => answered(answer).pod));
        assert.equal(own.size, 1);
        own.forEach((pod) => pods.add(pod));
      }
      assert.equal(pods.size, 2);
    });

    for (const [where, from, call] of [
      ["from outside", () => routing().internet, () => Promise.resolve(routing().publicCall("pair"))],
      ["from inside the mesh", () => routing().caller("caller"), () => routing().privateCall("pair")],
    ] as const)
      it(`the one that fails gets no more requests ${where}, until its time is over`, async () => {
        const ejectionTime = 4000;
        const [bad, good] = routing().programs("pair") as [Host, Host];
        const ask = async () => from().calls(await call(), 30);
        const allFromOne = (answers: readonly Answer[]) => answers.every(({ status }) => status === 200);
        await bad.behave({ status: 500 });

        // Each of 30 requests takes one of the two at random: all of them take the same once in a thousand million.
        await until("the bad pod to get no more", async () => allFromOne(await ask()) || undefined);
        const ejected = await bad.received();
        assert.ok(ejected.length >= 2, `${ejected.length} failed`);
        assert.ok((await good.received()).length >= 30);

        await bad.behave();
        const [back] = await until("the bad pod to come back", async () => {
          const answers = await ask();
          assert.ok(answers.every(({ status }) => status === 200));
          const received = await bad.received();
          return received.length > 0 ? received : undefined;
        });
        // The second failure is the earliest that it can be ejected at; Envoy's threads hear of it up to a second later.
        // Both times are the pod's own: a slow machine makes this longer, never shorter.
        const away = (back?.at ?? 0) - (ejected[1]?.at ?? Infinity);
        assert.ok(away >= ejectionTime, `${away} ms`);
      });
  });

  describe("of two pods with a cookie and no maxEjectionPercent", () => {
    /** A request of a client with a cookie, for every pod alike. */
    const ask = (seat: string) => routing().outside("web", "/api/members", { headers: { cookie: `seat=${seat}` } });
    let seats = 0;
    before(() => routing().scale("members", "web", 2, [() => ask(`${seats++}`)]));

    it("the one that the cookie was set for gets all its requests", async () => {
      const first = await routing().outside("web", "/api/members");
      const [, seat = ""] = /^seat="?([^;"]+)/.exec(first.headers?.["set-cookie"]?.[0] ?? "") ?? [];
      assert.notEqual(seat, "");
      for (let request = 0; request < 20; request++) assert.equal(answered(await ask(seat)).pod, answered(first).pod);
    });

    it("the one that fails goes on to get requests, as Istio's default takes out none of few", async () => {
      const [bad] = routing().programs("members") as [Host, Host];
      await bad.behave({ status: 500 });
      const failures: Received[] = [];
      // An ejection takes hold within a second, and would last minutes.
      await until("failures for three seconds", async () => {
        await Promise.all(Array.from({ length: 10 }, () => ask(`${seats++}`)));
        failures.push(...(await bad.received()));
        return (failures.at(-1)?.at ?? 0) - (failures[1]?.at ?? Infinity) > 3000 || undefined;
      });
    });
  });

  describe("more at once than the connection pool takes", () => {
    for (const [app, host, path, most] of [
      // Each of the gateway's two threads has a connection at least, and there is one place to wait in.
      ["narrow", "narrow", "/slow", 3],
      // The limit is checked before it is counted: each thread may let one more in.
      ["points", "web", "/api/points/slow", 4],
    ] as const)
      it(`gives 503 at once for ${app}, and nothing of it reaches the application`, async () => {
        const delay = 4000;
        const times = 12;
        for (const program of routing().programs(app)) await program.behave({ delay });
        const call = routing().publicCall(host, path, { timeout: 60_000 });
        const answers = await routing().internet.calls(call, times, { parallel: times });
        const { 200: passed = 0, 503: refused = 0 } = countBy(answers, ({ status = 0 }) => status);
        assert.equal(passed + refused, times);
        assert.ok(passed >= 1 && passed <= most, `${passed} passed`);
        assert.equal((await routing().received(app, path)).length, passed);
        for (const { status, headers = {}, milliseconds } of answers) {
          if (status !== 503) continue;
          assert.equal(headers["x-envoy-overloaded"], "true");
          assert.ok(milliseconds < delay, `${milliseconds} ms`);
        }
      });

    it("passes when the first are done", async () => {
      for (const path of ["/", "/again"]) assert.equal((await routing().outside("narrow", path)).status, 200);
    });
  });
}
