import { AssertionError } from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";

/** A server of the lab: it writes to a log file, and is asked to stop before it is killed. */
export class Daemon {
  readonly ended: Promise<void>;
  private readonly child: ChildProcess;
  private over = false;

  /**
   * @param name for people
   * @param log the file that takes what it prints; writable for all, as some servers open it again under another user
   */
  constructor(
    readonly name: string,
    command: readonly string[],
    readonly log: string,
    options: { readonly env?: NodeJS.ProcessEnv } = {},
  ) {
    const output = openSync(log, "a", 0o666);
    const [program = "", ...args] = command;
    this.child = spawn(program, args, { stdio: ["ignore", output, output], ...options });
    closeSync(output);
    this.ended = new Promise((resolve) => {
      const end = () => {
        this.over = true;
        resolve();
      };
      this.child.on("close", end);
      this.child.on("error", end);
    });
  }

  get running(): boolean {
    return !this.over;
  }

  get exitCode(): number | null {
    return this.child.exitCode;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Asks it to stop, and kills it if it hasn't within some seconds. */
  async stop(seconds = 5): Promise<void> {
    this.signal("SIGTERM");
    const kill = setTimeout(() => this.signal("SIGKILL"), seconds * 1000);
    await this.ended;
    clearTimeout(kill);
  }

  /** The end of what it printed. */
  tail(lines = 25): string {
    return readFileSync(this.log, "utf8").split("\n").slice(-lines).join("\n");
  }
}

/** Says that there will be no answer: `until` stops asking. */
export class Hopeless extends Error {
  override readonly name = "Hopeless";
}

/**
 * Asks again until there is an answer, and resolves to it.
 *
 * @param what for the error if there is none in time
 * @param probe gives undefined, or rejects, while there is no answer; `Hopeless` or a failed assertion ends the asking
 */
export async function until<Answer>(
  what: string,
  probe: () => Answer | undefined | Promise<Answer | undefined>,
  seconds = 60,
): Promise<Answer> {
  const end = performance.now() + seconds * 1000;
  let reason: unknown;
  for (;;) {
    try {
      const answer = await probe();
      if (answer !== undefined) return answer;
    } catch (error) {
      if (error instanceof Hopeless || error instanceof AssertionError) throw error;
      reason = error;
    }
    if (performance.now() > end) throw new Error(`Waited ${seconds} s in vain for ${what}.`, { cause: reason });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
