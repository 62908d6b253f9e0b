import assert from "node:assert/strict";
import type { Answer, Call, Host } from "../../cluster/host";
import { binomialBounds } from "./binomial";
import { appOf, countBy } from "./expect";
import type { Routing } from "./routing";

/** Shares of versions. */
export function canary(routing: () => Routing): void {
  const trials = 1000;

  /** Requests, and how many of them each version answered. */
  async function shares(from: Host, call: Call): Promise<Readonly<Record<string, number>>> {
    const answers: readonly Answer[] = await from.calls(call, trials, { parallel: 20 });
    return countBy(answers, appOf);
  }

  /** Right weights fail this once in a thousand runs. */
  function assertShare(counts: Readonly<Record<string, number>>, version: string, percent: number): void {
    const [fewest, most] = binomialBounds(trials, percent / 100, 0.999);
    const count = counts[version] ?? 0;
    assert.ok(fewest <= count && count <= most, `${version}: ${count} is not in ${fewest}–${most}`);
  }

  describe("a canary", () => {
    it("gets its share of requests from outside, and a version without weight none", async () => {
      const counts = await shares(routing().internet, routing().publicCall("reviews"));
      assertShare(counts, "reviews-v2", 10);
      assert.deepEqual(Object.keys(counts).sort(), ["reviews-v1", "reviews-v2"]);
    });

    it("gets its share of calls from inside the mesh", async () => {
      const counts = await shares(routing().caller("caller"), await routing().privateCall("reviews"));
      assertShare(counts, "reviews-v2", 10);
      assert.deepEqual(Object.keys(counts).sort(), ["reviews-v1", "reviews-v2"]);
    });

    it("of one route gets that route's share", async () => {
      const call = routing().publicCall("reviews", "/export", { method: "POST", body: "{}" });
      const counts = await shares(routing().internet, call);
      assertShare(counts, "reviews-v3", 50);
      assert.deepEqual(Object.keys(counts).sort(), ["reviews-v1", "reviews-v3"]);
    });
  });

  describe("versions of a service that others deploy", () => {
    before(() =>
      routing().mesh.api.apply({
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "foreign", namespace: "web" },
        spec: {
          selector: { "security.istio.io/tlsMode": "istio" },
          ports: [{ name: "http", port: 8080, targetPort: "http" }],
        },
      }),
    );

    it("are told apart by the labels that the stack file names", async () => {
      await routing().answers("foreign");
      const answers = await routing().internet.calls(routing().publicCall("foreign"), 20);
      assert.deepEqual(countBy(answers, appOf), { "members-v1": 20 });
      assert.equal(appOf(await routing().outside("foreign", "/left")), "web-v1");
    });
  });

  describe("the bound for shares", () => {
    it("is the exact distribution's", () => {
      assert.deepEqual(binomialBounds(1000, 0.1, 0.999), [70, 132]);
      assert.deepEqual(binomialBounds(200, 0.5, 0.999), [77, 123]);
      assert.deepEqual(binomialBounds(1, 0.5, 0.9), [0, 1]);
    });
  });
}
