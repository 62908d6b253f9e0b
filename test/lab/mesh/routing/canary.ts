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

  /**
   * Asserts a version's share by the bounds for 99.9 %. Right weights are beyond them once in a thousand times; so what is
   * beyond them is drawn again, and it fails if the second draw is beyond the same bound. Right weights do that at most
   * 2 × 0.0005² of all times, once in two million; wrong ones as often as both draws tell.
   *
   * @returns all versions that answered
   */
  async function assertShare(from: Host, call: Call, version: string, percent: number): Promise<readonly string[]> {
    const [fewest, most] = binomialBounds(trials, percent / 100, 0.999);
    const side = (counts: Readonly<Record<string, number>>) =>
      (counts[version] ?? 0) < fewest ? "fewer" : (counts[version] ?? 0) > most ? "more" : "right";
    const first = await shares(from, call);
    const draws = side(first) === "right" ? [first] : [first, await shares(from, call)];
    const sides = new Set(draws.map(side));
    const said = draws.map((counts) => counts[version] ?? 0).join(" and ");
    assert.ok(sides.has("right") || sides.size > 1, `${version}: ${said} are not in ${fewest}–${most}`);
    return [...new Set(draws.flatMap((counts) => Object.keys(counts)))].sort();
  }

  describe("a canary", () => {
    it("gets its share of requests from outside, and a version without weight none", async () => {
      const versions = await assertShare(routing().internet, routing().publicCall("reviews"), "reviews-v2", 10);
      assert.deepEqual(versions, ["reviews-v1", "reviews-v2"]);
    });

    it("gets its share of calls from inside the mesh", async () => {
      const call = await routing().privateCall("reviews");
      const versions = await assertShare(routing().caller("caller"), call, "reviews-v2", 10);
      assert.deepEqual(versions, ["reviews-v1", "reviews-v2"]);
    });

    it("of one route gets that route's share", async () => {
      const call = routing().publicCall("reviews", "/export", { method: "POST", body: "{}" });
      const versions = await assertShare(routing().internet, call, "reviews-v3", 50);
      assert.deepEqual(versions, ["reviews-v1", "reviews-v3"]);
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
