import type { Call } from "./journal";

/** Which calls a fault is for. */
export type Which = (call: Call) => boolean;

/** Before the cloud hears of a call, or after it has done it and before the engine hears of that. */
export type Moment = "before" | "after";

/** Calls that are stopped where they stand. */
export interface Hold {
  /** The calls that have come to it. */
  readonly stopped: readonly Call[];
  /** Lets them go on, and stops no more. */
  release(): void;
  /** Ends them: whoever asked is gone. */
  drop(): void;
}

interface Gate {
  readonly which: Which;
  /** When the call is stopped, by how many came before it. */
  readonly moment: (index: number) => Moment;
  readonly stopped: Call[];
  met: number;
  readonly open: Promise<void>;
}

/** Scripted trouble: failures, delays, throttling, calls that hang. */
export class Faults {
  private readonly failures: { readonly which: Which; readonly message: (call: Call) => string }[] = [];
  private readonly gates = new Map<Gate, () => void>();
  private readonly limits: { readonly which: Which; readonly interval: number; next: number }[] = [];
  private delay: (call: Call) => number = () => 0;

  /** Refuses every such call with a message. */
  refuse(which: Which, message: (call: Call) => string): void {
    this.failures.push({ which, message });
  }

  /** Makes every call take that many milliseconds. */
  take(milliseconds: (call: Call) => number): void {
    this.delay = milliseconds;
  }

  /** Lets so many such calls through in a second; a provider waits and asks again. */
  throttle(which: Which, perSecond: number): void {
    this.limits.push({ which, interval: 1000 / perSecond, next: 0 });
  }

  /** Stops every such call, until it is told to go on. */
  hold(which: Which, moment: Gate["moment"] = () => "before"): Hold {
    const stopped: Call[] = [];
    const open = deferred();
    // A dropped hold that no call came to rejects for nobody.
    open.promise.catch(() => undefined);
    const gate: Gate = { which, moment, stopped, met: 0, open: open.promise };
    const close = (end: () => void) => {
      this.gates.delete(gate);
      end();
    };
    this.gates.set(gate, open.resolve);
    return {
      stopped,
      release: () => close(open.resolve),
      drop: () => close(() => open.reject(new Error("the engine is gone"))),
    };
  }

  /** Forgets everything that was scripted, and lets go on what hangs. */
  clear(): void {
    for (const release of this.gates.values()) release();
    this.gates.clear();
    this.failures.length = 0;
    this.limits.length = 0;
    this.delay = () => 0;
  }

  /** Does a call's work, with the trouble that is scripted for it. */
  async around<Result>(call: Call, work: () => Result | Promise<Result>): Promise<Result> {
    const gate = [...this.gates.keys()].find(({ which }) => which(call));
    const moment = gate?.moment(gate.met++);
    if (moment === "before") await stop(call, gate);
    await this.turn(call);
    const milliseconds = this.delay(call);
    if (milliseconds > 0) await sleep(milliseconds);
    const failure = this.failures.find(({ which }) => which(call));
    if (failure) throw new Error(failure.message(call));
    const result = await work();
    if (moment === "after") await stop(call, gate);
    return result;
  }

  private async turn(call: Call): Promise<void> {
    const limit = this.limits.find(({ which }) => which(call));
    if (!limit) return;
    const wait = Math.max(0, limit.next - performance.now());
    limit.next = performance.now() + wait + limit.interval;
    await sleep(wait);
  }
}

async function stop(call: Call, gate: Gate | undefined): Promise<void> {
  gate?.stopped.push(call);
  await gate?.open;
}

/** A promise with its ends outside. */
function deferred(): {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
} {
  let ends: { resolve: () => void; reject: (error: Error) => void } | undefined;
  const promise = new Promise<void>((resolve, reject) => (ends = { resolve, reject }));
  return { promise, resolve: () => ends?.resolve(), reject: (error) => ends?.reject(error) };
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
