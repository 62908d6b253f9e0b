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
  let creates: ReadonlyMap<string, Creation>;
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
      const calls = lab.journal.calls("create").map((each) => ({ ...each, ended: each.ended ?? Infinity }));
      creates = new Map(calls.map((each) => [each.urn, each]));
      began = Math.min(...calls.map((each) => each.began));
      total = Math.max(...calls.map(({ ended }) => ended)) - began;
    } finally {
      lab.close();
    }
  });

  it("is the longest chain of what waits for what: up takes at most 5 % more, beside the engine's own work", () => {
    const chain = longestChain();
    const bound = chain.reduce((sum, each) => sum + lasted(each), 0);
    print(chain, bound);
    // What the engine and this machine need between two creations, however busy they are.
    const waits = [...graph.keys()].map(waited).sort((one, other) => one - other);
    const own = chain.length * (waits[Math.floor(waits.length / 2)] ?? 0);
    assert.ok(
      total - own <= bound * 1.05,
      `${Math.round(total)} ms; ${Math.round(bound)} the chain, ${Math.round(own)} the engine`,
    );
  });

  // eks.Cluster answers when all it makes is done, so nodes wait for vpc-cni too: nothing outside it can begin earlier.
  it("leads by control plane, nodes, add-ons and controller to the load balancer and the gateway's pods", () => {
    const long = longestChain().filter((each) => secondsOf(each) >= 30);
    assert.match(
      long.map((each) => `${kind(each)} ${each.name.replace("eks-istio-dev-", "")}`).join(", "),
      /^Cluster eksCluster, Addon vpc-cni, NodeGroup default, Addon addons-(coredns|eks-pod-identity-agent), Release load-balancer-controller, Service gateway-service, Release gateway-pods$/,
    );
  });

  it("has nothing that waits without need: each begins when the last it waits for has ended", () => {
    const late = [...graph.keys()].filter((urn) => waited(urn) > total * 0.02);
    assert.deepEqual(
      late.map((urn) => `${call(urn).name} ${Math.round((100 * waited(urn)) / total)} %`),
      [],
    );
  });

  it("has applications up before the load balancer is", () => {
    const [service] = [...creates.values()].filter(({ name }) => name.endsWith("-gateway-service"));
    const last = Math.max(
      ...[...creates.values()].filter(({ name }) => name.includes("-app-")).map(({ ended }) => ended),
    );
    assert.ok(service && last < service.ended);
  });

  /** From the first to the last. */
  function longestChain(): readonly Creation[] {
    const chains = new Map<string, Chain>();
    const to = (urn: string): Chain => {
      const known = chains.get(urn);
      if (known) return known;
      const before = longest([...(graph.get(urn) ?? [])].map(to));
      const chain = { length: before.length + lasted(call(urn)), creations: [...before.creations, call(urn)] };
      chains.set(urn, chain);
      return chain;
    };
    return longest([...graph.keys()].map(to)).creations;
  }

  /** Milliseconds from the end of the last that it waits for. */
  function waited(urn: string): number {
    const possible = [...(graph.get(urn) ?? [])].map((each) => call(each).ended);
    return call(urn).began - Math.max(began, ...possible);
  }

  function call(urn: string): Creation {
    const found = creates.get(urn);
    assert.ok(found, urn);
    return found;
  }

  function print(chain: readonly Creation[], bound: number): void {
    for (const each of chain) console.log(`        ${minutes(secondsOf(each))}  ${kind(each)} ${each.name}`);
    console.log(`        ${minutes(bound / scale)}  together; up took ${minutes(total / scale)}`);
  }
});

type Creation = Call & { readonly ended: number };

interface Chain {
  readonly length: number;
  readonly creations: readonly Creation[];
}

function longest(chains: readonly Chain[]): Chain {
  return chains.reduce((one, other) => (other.length > one.length ? other : one), { length: 0, creations: [] });
}

function lasted({ began, ended }: Creation): number {
  return ended - began;
}

/** `9:00` */
function minutes(seconds: number): string {
  const whole = Math.round(seconds);
  return `${String(Math.floor(whole / 60)).padStart(2)}:${String(whole % 60).padStart(2, "0")}`;
}

function kind({ type }: Call): string {
  return type.split(":").at(-1) ?? "";
}
