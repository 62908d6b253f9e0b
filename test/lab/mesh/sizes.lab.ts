import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type { RecordedResource } from "../../../cli/plan/record";
import { recorded } from "../../stack";
import type { StackFile } from "../charts/stacks";
import { until } from "../cluster/daemon";
import { istioVersion } from "../tools/tools";
import type { Mesh } from "./mesh";
import { callers, crowd, servicesOf } from "./sizes/crowd";
import { kinds, pushedTo, type Pushed } from "./sizes/subscriber";
import { useMesh } from "./use-mesh";

/** Services of the meshes that are measured, from few to many. */
const sizes = (process.env.LAB_SERVICES ?? "500").split(",").map(Number);

/** What an application that says what it calls may get of what others get, in percent, in a mesh of 500 services. */
const most = 5;

describe("what istiod sends a sidecar", function () {
  this.timeout(300_000);
  const [first = 0] = sizes;
  const mesh = useMesh({ title: "many services", name: "dev", file: crowd(first) }, (started) =>
    started.apply(served(started.plan)),
  );
  const measured = new Map<number, Readonly<Record<keyof typeof callers, Pushed>>>();
  before("measure", async () => {
    let plan = mesh().plan;
    for (const size of sizes) {
      const stack = crowd(size);
      const next = await recorded(stack, "dev");
      if (size !== first) await mesh().change(served(plan), served(next));
      plan = next;
      await Promise.all(servicesOf(stack).map((each) => mesh().api.apply(each)));
      measured.set(size, { open: await pushed(mesh(), stack, "open"), scoped: await pushed(mesh(), stack, "scoped") });
    }
    process.stdout.write(`${table(measured)}\n`);
  });

  it("is the whole mesh where nothing is said of calls", () => {
    for (const [size, { open }] of measured)
      assert.equal(hostsOf(open).filter((host) => /[.](team-\d|shop)[.]svc/.test(host)).length, size);
  });

  it("is what an application calls, itself and istiod where that is said", () => {
    for (const { scoped } of measured.values())
      assert.deepEqual(hostsOf(scoped), [
        "app-0.team-0.svc.cluster.local",
        "app-1.team-1.svc.cluster.local",
        "app-2.team-2.svc.cluster.local",
        "istiod.istio-system.svc.cluster.local",
        "scoped.shop.svc.cluster.local",
      ]);
  });

  it(`is then at most ${most} % in a mesh of 500 services`, () => {
    const { open, scoped } = measured.get(500) ?? {};
    assert.ok(open && scoped, "LAB_SERVICES lists 500");
    assert.ok(sum(scoped) <= (sum(open) * most) / 100, JSON.stringify(scoped.resources.slice(0, 10), null, 2));
  });
});

/** What of a plan istiod serves by: itself, and objects of its kinds. */
function served(plan: readonly RecordedResource[]): RecordedResource[] {
  return plan.filter(
    ({ type, inputs }) =>
      type === "kubernetes:core/v1:Namespace" ||
      ["base", "istiod"].includes(String(inputs.chart)) ||
      String(inputs.apiVersion).includes(".istio.io/"),
  );
}

/** What istiod sends once it knows the whole stack: twice the same, and every Service to who may know it. */
async function pushed(mesh: Mesh, stack: StackFile, caller: keyof typeof callers): Promise<Pushed> {
  const { address } = await mesh.kubelet.ready("istio-system", { app: "istiod" });
  const ask = () => pushedTo(callers[caller], `${address}:15010`, istioVersion);
  const apps = Object.keys(stack["eks-istio:apps"] as object).length;
  return until("istiod to know all Services", async () => {
    const [one, other] = [await ask(), await ask()];
    const whole = caller === "scoped" || hostsOf(other).length >= apps;
    return whole && isDeepStrictEqual(one.bytes, other.bytes) ? other : undefined;
  });
}

/** The hosts that there are clusters for. */
function hostsOf({ clusters }: Pushed): readonly string[] {
  const outbound = clusters.filter((name) => name.startsWith("outbound|"));
  return [...new Set(outbound.map((name) => name.split("|").at(-1) ?? ""))].sort();
}

function sum({ bytes }: Pushed): number {
  return kinds.reduce((total, kind) => total + bytes[kind], 0);
}

function table(measured: ReadonlyMap<number, Readonly<Record<keyof typeof callers, Pushed>>>): string {
  const row = (cells: readonly (string | number)[]) =>
    cells.map((cell, index) => (index === 1 ? String(cell).padEnd(14) : String(cell).padStart(9))).join("  ");
  const rows = [...measured].flatMap(([size, { open, scoped }]) =>
    (
      [
        ["without calls", open],
        ["with calls", scoped],
      ] as const
    ).map(([what, one]) =>
      row([
        size,
        what,
        ...kinds.map((kind) => one.bytes[kind]),
        sum(one),
        `${((100 * sum(one)) / sum(open)).toFixed(1)} %`,
      ]),
    ),
  );
  return [row(["services", "", ...kinds, "bytes", ""]), ...rows].join("\n");
}
