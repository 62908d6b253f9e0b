import assert from "node:assert/strict";
import { ask } from "../../../../cli/ask/ask";
import { questionOf } from "../../../../cli/ask/question";
import { answered } from "../../cluster/host";
import { hasStatus, headerOf } from "../routing/expect";
import type { Access } from "./access";
import { fromAdmin } from "./envoy-admin";

/** What becomes of a request where an authorizer is asked, and what `--ask` says of it. */
const table: readonly (readonly [what: string, request: string, status: number, planned: readonly unknown[]])[] = [
  ["lets in what it is not asked about", "GET http://tool.tools/ from stranger", 200, ["application"]],
  ["lets in what it lets in", "GET http://tool.tools/asked from stranger", 200, ["undecided", "careful is asked"]],
  [
    "refuses what it refuses",
    "GET http://tool.tools/asked/refused from stranger",
    403,
    ["undecided", "careful is asked"],
  ],
  [
    "refuses what it lets in, and a rule refuses",
    "GET http://tool.tools/asked/never from stranger",
    403,
    ["refused", "a rule refuses it"],
  ],
  [
    "lets in what both let in",
    "GET https://office.example.com/asked from 203.0.113.7",
    200,
    ["undecided", "frank is asked"],
  ],
  [
    "refuses what it lets in, and no rule does",
    "GET https://office.example.com/asked from 198.51.100.9",
    403,
    ["refused", "no rule lets it in"],
  ],
  [
    "lets in what it lets in by gRPC",
    "GET http://stock.shop/asked from caller",
    200,
    ["undecided", "lenient is asked"],
  ],
  [
    "refuses what it refuses by gRPC",
    "GET http://stock.shop/asked/refused from caller",
    403,
    ["undecided", "lenient is asked"],
  ],
  [
    "refuses by gRPC what it lets in, and no rule does",
    "GET http://stock.shop/asked from stranger",
    403,
    ["refused", "no rule lets it in"],
  ],
];

/** What becomes of it while no authorizer is there. */
const alone: readonly (readonly [what: string, request: string, status: number])[] = [
  ["refuses with 403", "GET http://tool.tools/asked from stranger", 403],
  ["refuses with the status that the stack file says", "GET https://office.example.com/asked from 203.0.113.7", 503],
  ["lets in by failOpen", "GET http://stock.shop/asked from caller", 200],
  ["refuses what no rule lets in, by failOpen, too", "GET http://stock.shop/asked from stranger", 403],
  ["lets in what it would not be asked about", "GET http://tool.tools/ from stranger", 200],
];

/** Lets the HTTP authorizer refuse paths that begin so. */
export async function refusePaths(access: Access, when: string): Promise<void> {
  const authorizer = await access.real.application("authorizer");
  await authorizer.behave({ status: 403, when, headers: { "x-judged": "no" } });
}

/** An application whose requests an external authorizer judges, too. */
export function authorizers(access: () => Access): void {
  describe("an application that asks an authorizer", () => {
    before(() => refusePaths(access(), "/asked/refused"));

    for (const [what, request, status, planned] of table)
      it(`${what}, as --ask says`, async () => {
        hasStatus(await access().send(request), status);
        const { outcome, backends } = ask(access().real.stack, questionOf(request));
        assert.deepEqual([outcome, ...backends.flatMap((each) => each.access.reasons)], planned);
      });

    it("asks it with the path and the headers that the stack file says", async () => {
      const authorizer = await access().real.application("authorizer");
      await authorizer.received();
      await access().send("POST http://tool.tools/asked/1?a=b from caller", { "x-purpose": "order", "x-other": "7" });
      await access().send("GET https://office.example.com/asked/2 from 203.0.113.7");
      await access().send("GET http://tool.tools/ from caller");
      const checks = await authorizer.received();
      assert.deepEqual(
        checks.map(({ method, path, headers }) => [method, path, headers["x-purpose"], headers["x-other"]]),
        [
          ["POST", "/asked/1?a=b", "order", undefined],
          ["GET", "/check/asked/2", undefined, undefined],
        ],
      );
    });

    it("is told what the authorizer says in a header, whatever the client writes there", async () => {
      const authorizer = await access().real.application("authorizer");
      await authorizer.behave({ headers: { "x-judged": "yes" } });
      const answer = await access().send("GET http://tool.tools/asked from caller", { "x-judged": "own" });
      assert.equal(headerOf(answer, "x-judged"), "yes");
      await refusePaths(access(), "/asked/refused");
    });

    describe("that is gone", () => {
      before(() => scale(access(), 0));
      after(() => scale(access(), 1));

      for (const [what, request, status] of alone) it(what, () => access().becomes(request, status));
    });
  });

  describe("a rule that marks requests for the log", () => {
    it("is there", async () => {
      const marks = async (app: string) =>
        (await fromAdmin(await access().real.application(app), "/config_dump?resource=dynamic_listeners")).includes(
          '"action": "LOG"',
        );
      assert.deepEqual([await marks("caller"), await marks("tool"), await marks("stranger")], [true, true, false]);
    });

    it("lets nobody in", async () => hasStatus(await access().send("GET http://caller.shop/ from stranger"), 403));

    it("refuses nobody", async () => {
      const answer = await access().send("GET http://tool.tools/asked from stranger");
      hasStatus(answer, 200);
      assert.equal(answered(answer).path, "/asked");
    });
  });
}

/** Takes the authorizers' pods away, or brings them back, and waits until proxies know it. */
async function scale(access: Access, replicas: number): Promise<void> {
  const { api, kubelet } = access.mesh;
  for (const app of ["authorizer", "porter"])
    await api.patch(
      { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: `${app}-v1`, namespace: "tools" } },
      { spec: { replicas } },
    );
  if (replicas > 0) for (const app of ["authorizer", "porter"]) await kubelet.ready("tools", { app });
  await access.becomes("GET http://tool.tools/asked from stranger", replicas > 0 ? 200 : 403);
}
