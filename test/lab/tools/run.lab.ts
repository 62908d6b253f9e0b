import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { sideBySide, type Mocha } from "./side-by-side";
import { remove } from "./tool";

const root = join(__dirname, "..", "..", "..");
const runner = [process.execPath, "--import", "tsx", join(__dirname, "..", "run.ts"), "engine"];

describe("a run of the lab", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "run-"));
    for (const name of ["bin", "tmp", "cache"]) mkdirSync(join(folder, name));
  });
  afterEach(() => remove(folder));

  /** Puts a program first on the run's PATH. */
  function program(name: string, script: string): void {
    writeFileSync(join(folder, "bin", name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, "bin", name), 0o755);
  }

  /** A run, at a moment. Its processes that outlive it are known by an argument of their own. */
  async function begun(said: string, command: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
    const [name = "", ...args] = command;
    const mark = newMark();
    const child = spawn(name, args, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        PATH: [join(folder, "bin"), process.env.PATH].join(delimiter),
        TMPDIR: join(folder, "tmp"),
        ENDLESS: mark,
        ...env,
      },
    });
    const ended = new Promise<Ended>((resolve) => {
      child.on("exit", (status, signal) => resolve({ status, signal, said: output }));
    });
    let output = "";
    await new Promise<void>((resolve, reject) => {
      const hear = (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes(said)) resolve();
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.on("exit", () => reject(new Error(`The run ended too soon:\n${output}`)));
    });
    return { child, ended, mark };
  }

  /** Asserts that nothing of a run is left, a moment after it ended. */
  async function assertGone({ mark }: Run): Promise<void> {
    const end = performance.now() + 5000;
    const left = () => [...withArgument(mark), ...readdirSync(join(folder, "tmp")).filter((name) => name !== "tsx-0")];
    while (left().length > 0 && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual(left(), []);
  }

  const endless = [...runner, "--require", join(__dirname, "endless.mjs")];

  for (const [signal, status] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)
    it(`leaves nothing after ${signal}`, async () => {
      const run = await begun("endless\n", endless);
      assert.equal(withArgument(run.mark).length, 1);
      assert.equal(readdirSync(join(folder, "tmp")).filter((name) => name.startsWith("eks-istio-run-")).length, 1);
      run.child.kill(signal);
      assert.equal((await run.ended).status, status);
      await assertGone(run);
    });

  it("leaves nothing when what started it is killed", async () => {
    const run = await begun("endless\n", ["sh", "-c", '"$@"; exit', "npm", ...endless]);
    run.child.kill("SIGKILL");
    await run.ended;
    await assertGone(run);
  });

  it("leaves no process when it is killed itself", async () => {
    const run = await begun("endless\n", endless);
    run.child.kill("SIGKILL");
    await run.ended;
    remove(join(folder, "tmp"));
    mkdirSync(join(folder, "tmp"));
    await assertGone(run);
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const)
    it(`ends what it builds at ${signal}, and leaves nothing of it in the cache`, async () => {
      program("pulumi", "exit 1");
      program("go", '[ "$1" = version ] && exec echo go version go1.26.0\nsleep "$ENDLESS" & echo building >&2; wait');
      const run = await begun("Building pulumi", runner, { XDG_CACHE_HOME: join(folder, "cache") });
      while (withArgument(run.mark).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      run.child.kill(signal);
      assert.equal((await run.ended).status, signal === "SIGINT" ? 130 : 143);
      await assertGone(run);
      const cache = join(folder, "cache", "eks-istio", "lab");
      assert.deepEqual(
        readdirSync(cache).flatMap((item) => readdirSync(join(cache, item))),
        [],
      );
    });

  it("says which signal ended the tests", async () => {
    writeFileSync(join(folder, "dies.cjs"), 'process.kill(process.pid, "SIGKILL");');
    const run = await begun("ended by", [...runner, "--require", join(folder, "dies.cjs")]);
    const { status, said } = await run.ended;
    assert.equal(status, 137);
    assert.match(said, /^The tests were ended by SIGKILL: the machine may be out of memory\.$/m);
  });
});

describe("runs of mocha side by side", () => {
  let folder: string;
  let said: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "side-by-side-"));
    said = "";
  });
  afterEach(() => remove(folder));

  /** A run whose tests are these. */
  function tests(name: string, script: string): Mocha {
    const path = join(folder, `${name}.cjs`);
    writeFileSync(path, script);
    return { args: ["--spec", path], env: {} };
  }

  const show = (chunk: Uint8Array | string) => (said += String(chunk));

  it("are shown one after another, whichever is done first", async () => {
    const done = join(folder, "done");
    const runs = [
      tests(
        "slow",
        `const { existsSync } = require("node:fs");
         const wait = (end) => (existsSync(${JSON.stringify(done)}) ? end() : setTimeout(wait, 20, end));
         it("slow", wait);`,
      ),
      tests("fast", `it("fast", () => require("node:fs").writeFileSync(${JSON.stringify(done)}, ""));`),
    ];
    assert.equal(await sideBySide(runs, show, new AbortController().signal), 0);
    assert.match(said, /slow[^]*1 passing[^]*fast[^]*1 passing/);
  });

  it("fail where one of them fails", async () => {
    const good = tests("good", 'it("good", () => undefined);');
    const bad = tests("bad", 'it("bad", () => { throw new Error("bad"); });');
    for (const runs of [
      [good, bad],
      [bad, good],
    ])
      assert.equal(await sideBySide(runs, show, new AbortController().signal), 1);
  });

  it("end together when they are told to", async () => {
    const end = new AbortController();
    const marks = ["one", "other"].map((name) => ({ name, mark: newMark() }));
    const endless = (mark: string) =>
      `it("never ends", () => new Promise(() => require("node:child_process").spawn("sleep", ["${mark}"])));`;
    const ended = sideBySide(
      marks.map(({ name, mark }) => tests(name, endless(mark))),
      show,
      end.signal,
    );
    const left = () => marks.flatMap(({ mark }) => withArgument(mark)).length;
    while (left() < marks.length) await new Promise((resolve) => setTimeout(resolve, 20));
    end.abort();
    await assert.rejects(ended, { name: "AbortError" });
    while (left() > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  });
});

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  readonly mark: string;
}

interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly said: string;
}

/** A number of seconds that no other process sleeps. */
function newMark(): string {
  return `1${String(process.pid).padStart(7, "0")}.${String(Math.random()).slice(2)}`;
}

/** The processes with an argument. */
function withArgument(argument: string): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => {
      try {
        return readFileSync(`/proc/${id}/cmdline`, "utf8").split("\0").includes(argument);
      } catch {
        // It ended meanwhile.
        return false;
      }
    });
}
