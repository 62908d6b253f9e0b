import assert from "node:assert/strict";
import { parse } from "yaml";
import type { RecordedResource } from "../../../../cli/plan/record";
import { questionOf } from "../../../../cli/ask/question";
import { recorded } from "../../../stack";
import type { StackFile } from "../../charts/stacks";
import type { Answer } from "../../cluster/host";
import { countBy } from "../routing/expect";
import type { Access } from "./access";
import { refusePaths } from "./authorizers";
import { fromAdmin } from "./envoy-admin";
import { accessStackFile } from "./stack-file";
import { bearer, member } from "./tokens";

type Default = "allow" | "dryRun" | "deny";

/** How long requests are sent at each step. */
const seconds = Number(process.env.LAB_TRAFFIC_SECONDS ?? 8);

/** Requests that rules let in, ten a second of each. */
const wanted = [
  "GET https://orders.example.com/orders",
  "GET https://members.example.com/members",
  "GET https://tool.example.com/",
  "GET http://orders.shop/orders from caller",
  "GET http://orders.shop/metrics from tool",
] as const;

/** Requests that a closed mesh refuses: of one that no rule lists, to an application without rules, and by an authorizer. */
const unwanted = [
  "GET http://orders.shop/orders from stranger",
  "GET http://stranger.shop/ from caller",
  "GET http://tool.tools/asked/refused from stranger",
] as const;

/** What unwanted requests get: the rules of `orders` are its own, whatever holds by default, and so is who `tool` asks. */
const answers: Readonly<Record<Default, readonly number[]>> = {
  allow: [403, 200, 403],
  dryRun: [200, 200, 200],
  deny: [403, 403, 403],
};

/** From one default to another while applications are called. The mesh is closed before, and after. */
export function changingDefault(access: () => Access): void {
  describe("a change of what is let in by default", () => {
    let plan: readonly RecordedResource[];
    before(async () => {
      plan = access().mesh.plan;
      await refusePaths(access(), "/asked/refused");
    });

    for (const [from, to] of [
      ["deny", "dryRun"],
      ["dryRun", "allow"],
      ["allow", "dryRun"],
      ["dryRun", "deny"],
    ] as const)
      it(`fails no wanted request from ${from} to ${to}, and holds`, async function () {
        this.timeout(60_000 + seconds * 2000);
        const next = await recorded(withDefault(to), "dev");
        const traffic = wanted.map((text) => send(access(), text));
        await new Promise((resolve) => setTimeout(resolve, seconds * 250));
        await access().mesh.change(plan, next);
        plan = next;
        for (const [index, text] of unwanted.entries()) await access().becomes(text, answers[to][index] ?? 0);
        for (const [index, sent] of (await Promise.all(traffic)).entries())
          assert.deepEqual(countBy(sent, outcome), { 200: seconds * 10 }, wanted[index]);
        if (to === "dryRun") await assertCounted(access());
      });
  });
}

/** What a dry run would refuse is counted, once a request, and nothing else is. */
async function assertCounted(access: Access): Promise<void> {
  const pods = (app: string) => access.mesh.kubelet.running("shop").filter(({ labels }) => labels.app === app);
  const counted = async (app: string) => {
    const texts = await Promise.all(
      pods(app).map((pod) => fromAdmin(access.mesh.application(pod), "/stats?filter=shadow_denied&usedonly")),
    );
    return texts
      .flatMap((text) => text.split("\n"))
      .map((line) => Number(line.split(": ")[1] ?? 0))
      .reduce((sum, each) => sum + each, 0);
  };
  for (const [text, app] of [
    [unwanted[0], "orders"],
    [unwanted[1], "stranger"],
  ] as const) {
    const before = await counted(app);
    for (let time = 0; time < 10; time++) await access.send(text);
    assert.equal((await counted(app)) - before, 10, `${text} is counted`);
  }
}

function withDefault(byDefault: Default): StackFile {
  const file = parse(accessStackFile) as StackFile;
  const mesh = file["eks-istio:mesh"] as object;
  return { ...file, "eks-istio:mesh": { ...mesh, access: { default: byDefault } } };
}

async function send(access: Access, text: string): Promise<readonly Answer[]> {
  const headers = text.includes("members") ? bearer(member) : {};
  return access.real.sendMany(questionOf(text), headers, { times: seconds * 10, interval: 100 });
}

const outcome = ({ status, error }: Answer) => status ?? error ?? "nothing";
