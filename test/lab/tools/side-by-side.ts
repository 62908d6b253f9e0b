import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { remove } from "./tool";

/** A run of mocha. */
export interface Mocha {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** Bytes that tests can say before they are shown. */
const mostSaid = 2 ** 26;

/**
 * Runs mocha several times at once. What each run says is shown together: the first one's at once, the next one's
 * after it.
 *
 * @returns the highest of their statuses
 * @throws {DOMException} AbortError, if they are told to end
 */
export async function sideBySide(
  runs: readonly Mocha[],
  show: (said: Uint8Array | string) => void,
  end: AbortSignal,
): Promise<number> {
  const statuses: Promise<number>[] = [];
  for (const run of runs) statuses.push(inside(run, show, end, Promise.allSettled(statuses)));
  return Math.max(...(await Promise.all(statuses)));
}

/** The status of a program that a signal ended, as a shell has it. */
export function statusOf(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}

/**
 * Runs mocha in namespaces of its own: no network but what the tests make, and no process left when it ends, however
 * it ends. What it says is shown from its turn on.
 */
async function inside(
  { args, env }: Mocha,
  show: (said: Uint8Array | string) => void,
  end: AbortSignal,
  turn: Promise<unknown>,
): Promise<number> {
  end.throwIfAborted();
  const folder = mkdtempSync(join(tmpdir(), "eks-istio-run-"));
  // Some servers run as users of their own.
  chmodSync(folder, 0o755);
  const mocha = join(require.resolve("mocha/package.json"), "..", "bin", "mocha.js");
  const setUp = 'ip link set lo up && mount -t tmpfs tmpfs /run && mkdir /run/netns && "$@"';
  const command = [
    // Each of these dies with the one before it, even if that is killed.
    ...["setpriv", "--pdeathsig", "KILL", "unshare", "--net", "--mount", "--pid", "--fork", "--kill-child"],
    ...["--mount-proc", "--", "sh", "-c", setUp, "lab"],
    ...[process.execPath, mocha, "--config", join(__dirname, "..", "mocharc.json"), ...args],
  ];
  const [program = "", ...rest] = command;
  const child = spawn(program, rest, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...(process.stdout.isTTY && { MOCHA_COLORS: "1" }), ...env, TMPDIR: folder },
  });
  const said = new PassThrough({ highWaterMark: mostSaid });
  for (const stream of [child.stdout, child.stderr]) stream.pipe(said, { end: false });
  const shown = turn.then(async () => {
    for await (const chunk of said) show(chunk as Uint8Array);
  });
  // The first process of the namespace ignores the signals it has no handler for, so it is killed, and all with it.
  end.addEventListener("abort", () => child.kill("SIGKILL"));
  try {
    const [status, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (...how) => resolve(how));
    });
    end.throwIfAborted();
    const by = endedBy(status, signal);
    said.end(by && `The tests were ended by ${by}${by === "SIGKILL" ? ": the machine may be out of memory" : ""}.\n`);
    await shown;
    return by ? statusOf(by) : (status ?? 1);
  } finally {
    // Processes of the namespace may still be ending.
    remove(folder);
  }
}

/** The signal that ended the tests, if one did. */
function endedBy(status: number | null, signal: NodeJS.Signals | null): NodeJS.Signals | undefined {
  // A shell says it by its status. Mocha's is the number of tests that failed: as many would be a coincidence.
  return signal ?? (["SIGKILL", "SIGABRT", "SIGSEGV", "SIGBUS"] as const).find((each) => statusOf(each) === status);
}
