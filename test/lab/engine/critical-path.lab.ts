import assert from "node:assert/strict";
import { secondsOf } from "./durations";
import { madeGraph, type Graph } from "./graph";
import type { Call } from "./journal";
import { Lab } from "./lab";

/** Milliseconds for a second of AWS: slow enough that the engine's own work is a small part. */
const scale = 50;

/** The CLI's default on a machine with two cores, as in CI. */
const parallel = 8;

describe("the critical path of an up", function () {
  this.timeout(300_000);
  let creates: ReadonlyMap<string, Required<Pick<Call, "began" | "ended">> & Call>;
  let graph: Graph;
  let began: number;
  let total: number;
  before(async () => {
    const lab = await Lab.start();
    try {
      lab.faults.take((call) => (call.method === "create" ? secondsOf(call) * scale : 0));
      const { succeeded, diagnostics } = await lab.up({ parallel });
      assert.ok(succeeded, diagnostics);
      graph = madeGraph(lab.state());
      const calls = lab.journal
        .calls("create")
        .map((call) => [call.urn, { ...call, ended: call.ended ?? Infinity }] as const);
      creates = new Map(calls);
      began = Math.min(...lab.journal.calls().map((call) => call.began));
      total = Math.max(...calls.map(([, { ended }]) => ended)) - began;
    } finally {
      lab.close();
    }
  });

  it("is the longest chain of what waits for what, and up takes at most 5 % more", () => {
    const chain = longestChain();
    const bound = chain.reduce((sum, urn) => sum + lasted(urn), 0);
    for (const urn of chain)
      console.log(`        ${minutes(secondsOf(call(urn)))}  ${kind(call(urn))} ${call(urn).name}`);
    console.log(`        ${minutes(bound / scale / 1)}  all of them; up took ${minutes(total / scale)}`);
    assert.ok(total <= bound * 1.05, `${Math.round(total)} ms, ${Math.round(bound)} ms of them in the chain`);
  });

  it("leads from subnets by control plane, nodes, CoreDNS and controller to the load balancer and the gateway's pods", () => {
    assert.deepEqual(
      longestChain().map((urn) => `${kind(call(urn))} ${call(urn).name}`),
      [],
    );
  });

  it("has nothing that waits without need: each begins when the last it waits for has ended", () => {
    const late = [...graph].flatMap(([urn, before]) => {
      const possible = Math.max(began, ...[...before].map((each) => call(each).ended));
      const waited = call(urn).began - possible;
      return waited > total * 0.02 ? [`${call(urn).name} ${Math.round((100 * waited) / total)} %`] : [];
    });
    assert.deepEqual(late, []);
  });

  it("has applications up before the load balancer is", () => {
    const [service] = [...creates.values()].filter(({ name }) => name.endsWith("-gateway-service"));
    const last = Math.max(
      ...[...creates.values()].filter(({ name }) => name.includes("-app-")).map(({ ended }) => ended),
    );
    assert.ok(service && last < service.ended);
  });

  /** URNs, from the first to the last. */
  function longestChain(): string[] {
    const chains = new Map<string, { readonly length: number; readonly urns: readonly string[] }>();
    const visit = (urn: string): { readonly length: number; readonly urns: readonly string[] } => {
      const known = chains.get(urn);
      if (known) return known;
      const before = longest([...(graph.get(urn) ?? [])].map(visit));
      const chain = { length: before.length + lasted(urn), urns: [...before.urns, urn] };
      chains.set(urn, chain);
      return chain;
    };
    return [...longest([...graph.keys()].map(visit)).urns];
  }

  function lasted(urn: string): number {
    return call(urn).ended - call(urn).began;
  }

  function call(urn: string) {
    const found = creates.get(urn);
    assert.ok(found, urn);
    return found;
  }
});

function longest<Chain extends { readonly length: number }>(
  chains: readonly (Chain | { length: number; urns: string[] })[],
) {
  return chains.reduce((one, other) => (other.length > one.length ? other : one), { length: 0, urns: [] as string[] });
}

/** `9:00` */
function minutes(seconds: number): string {
  const whole = Math.round(seconds);
  return `${String(Math.floor(whole / 60)).padStart(2)}:${String(whole % 60).padStart(2, "0")}`;
}

function kind({ type }: Call): string {
  return type.split(":").at(-1) ?? "";
}
