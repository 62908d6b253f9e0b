import assert from "node:assert/strict";
import { secondsOf } from "./durations";
import { madeGraph, type Graph } from "./graph";
import type { Call } from "./journal";
import { Lab } from "./lab";
import { declaredEdges, reasons, withoutNeedless, type DeclaredEdge } from "./reasons";

/** Milliseconds for a second of AWS at first: slow enough that the engine's own work is a small part. */
const firstScale = 70;

/** The CLI's default on a machine with two cores, as in CI. */
const parallel = 8;

describe("the critical path of an up", function () {
  this.timeout(900_000);
  let scale = firstScale;
  let lab: Lab | undefined;
  let creates: ReadonlyMap<string, Creation>;
  let graph: Graph;
  let edges: readonly DeclaredEdge[];
  let began: number;
  let total: number;
  // On a machine that is slow or busy the engine's own work is a larger part: it is measured again, on a larger scale.
  before(async () => {
    await measure();
    while (!isWithinBound() && scale < 4 * firstScale) {
      scale *= 2;
      await measure();
    }
  });
  after(() => lab?.close());

  async function measure(): Promise<void> {
    lab?.close();
    lab = await Lab.start();
    lab.faults.take((call) => (call.method === "create" ? secondsOf(call) * scale : 0));
    const { succeeded, diagnostics } = await lab.up({ parallel });
    assert.ok(succeeded, diagnostics);
    const state = lab.state();
    edges = declaredEdges(lab.cloud, state);
    graph = madeGraph(withoutNeedless(state, edges));
    const calls = lab.journal.calls("create").map((each) => ({ ...each, ended: each.ended ?? Infinity }));
    creates = new Map(calls.map((each) => [each.urn, each]));
    began = Math.min(...calls.map((each) => each.began));
    total = Math.max(...calls.map(({ ended }) => ended)) - began;
  }

  function isWithinBound(): boolean {
    return total <= bound() * 1.05;
  }

  /** Milliseconds of the longest chain. */
  function bound(): number {
    return longestChain().reduce((sum, each) => sum + secondsOf(each) * scale, 0);
  }

  it("has a reason for each edge that the program declares and no input asks for", () => {
    const needless = edges.filter(({ because }) => because === undefined);
    assert.deepEqual(
      needless.map(({ waits, on }) => `${waits} -> ${on}`),
      [],
    );
  });

  it("has no reason left over", () => {
    const given = new Set(edges.map(({ because }) => because));
    assert.deepEqual(
      reasons.map(([, , because]) => because).filter((each) => !given.has(each)),
      [],
    );
  });

  it("is the longest chain of what needs what: from the first creation to the last's end takes at most 5 % more", () => {
    print(longestChain(), bound());
    assert.ok(isWithinBound(), `${Math.round(total)} ms, and ${Math.round(bound())} ms the chain`);
  });

  // eks.Cluster answers when all it makes is done, so nodes wait for vpc-cni too: nothing outside it can begin earlier.
  it("leads by control plane, nodes, add-ons and controller to the load balancer and the gateway's pods", () => {
    const long = longestChain().filter((each) => secondsOf(each) >= 30);
    assert.match(
      long.map((each) => `${kind(each)} ${each.name.replace("eks-istio-dev-", "")}`).join(", "),
      /^Cluster eksCluster, Addon vpc-cni, NodeGroup default, Addon addons-(coredns|eks-pod-identity-agent), Release load-balancer-controller, Service istio-ingress\/istio-ingress, Release istio-ingress\/istio-ingress$/,
    );
  });

  it("has nothing that waits without need: each begins when the last it waits for has ended", () => {
    const waits = [...graph.keys()].map(waited).sort((one, other) => one - other);
    // On a machine that is busy all of them wait.
    const most = Math.max(total * 0.02, 10 * (waits[Math.floor(waits.length / 2)] ?? 0));
    const late = [...graph.keys()].filter((urn) => waited(urn) > most);
    assert.deepEqual(
      late.map((urn) => `${call(urn).name} ${Math.round((100 * waited(urn)) / total)} %`),
      [],
    );
  });

  it("has applications up before the load balancer is", () => {
    const [service] = [...creates.values()].filter(({ name }) => name.endsWith("/istio-ingress"));
    const last = Math.max(
      ...[...creates.values()]
        .filter(({ name }) => /-app-|-(bookinfo|membership)\//.test(name))
        .map(({ ended }) => ended),
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
      const chain = { length: before.length + secondsOf(call(urn)), creations: [...before.creations, call(urn)] };
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
  /** In seconds of AWS. */
  readonly length: number;
  readonly creations: readonly Creation[];
}

function longest(chains: readonly Chain[]): Chain {
  return chains.reduce((one, other) => (other.length > one.length ? other : one), { length: 0, creations: [] });
}

/** `9:00` */
function minutes(seconds: number): string {
  const whole = Math.round(seconds);
  return `${String(Math.floor(whole / 60)).padStart(2)}:${String(whole % 60).padStart(2, "0")}`;
}

function kind({ type }: Call): string {
  return type.split(":").at(-1) ?? "";
}
