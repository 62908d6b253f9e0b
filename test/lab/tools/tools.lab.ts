import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { goModule } from "./go-module";
import { missing } from "./prerequisites";
import { find, provide, serves, toolFolder, type Source, type Tool } from "./tool";

describe("the lab's tools", () => {
  const { PATH, XDG_CACHE_HOME } = process.env;
  let folder: string;
  let said: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tools-"));
    process.env.XDG_CACHE_HOME = join(folder, "cache");
    said = [];
  });
  afterEach(() => {
    Object.assign(process.env, { PATH });
    if (XDG_CACHE_HOME === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = XDG_CACHE_HOME;
    rmSync(folder, { recursive: true });
  });

  const say = (line: string) => said.push(line);

  function tool(make: Source["make"], pins = "pins"): Tool {
    const source: Source = { needs: ["go"], minutes: 3, pins: () => pins, make };
    return { name: "lab-tool", version: "3.250.0", ask: ["version"], same: "major", source };
  }

  const writes: Source["make"] = (_tool, path) => {
    writeFileSync(path, "made");
    return Promise.resolve();
  };
  const fails: Source["make"] = () => Promise.reject(new Error("no such package"));

  /** Puts a program first on PATH. */
  function onPath(name: string, script: string): void {
    const bin = join(folder, "bin");
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
    process.env.PATH = [bin, PATH].join(delimiter);
  }

  it("are made once, with one line about it", async () => {
    const made = await provide(tool(writes), say);
    const { mtimeMs } = statSync(made);
    assert.equal(await provide(tool(fails), say), made);
    assert.deepEqual(said, ["Building lab-tool 3.250.0, once: about 3 minutes ..."]);
    assert.equal(statSync(made).mtimeMs, mtimeMs);
  });

  it("are made anew from other pins", () => {
    assert.notEqual(toolFolder(tool(writes)), toolFolder(tool(writes, "others")));
  });

  it("leave nothing that looks made when that fails", async () => {
    await assert.rejects(provide(tool(fails), say), /^Error: no such package$/);
    assert.equal(find(tool(fails)), undefined);
  });

  it("are taken from PATH at a version that serves, and made otherwise", async () => {
    onPath("lab-tool", "echo v3.251.0");
    assert.equal(await provide(tool(fails), say), "lab-tool");
    onPath("lab-tool", "echo v3.249.0");
    await assert.rejects(provide(tool(fails), say), /no such package/);
  });

  it("say what the compiler said when a build fails", async () => {
    onPath("go", "echo no such package >&2; exit 1");
    const source = goModule({ module: "pulumi", package: "example.com/pulumi", minutes: 1 });
    await assert.rejects(
      provide({ ...tool(fails), source }, say),
      /^CommandFailed: go build .* failed:\nno such package/,
    );
  });

  it("are not made beside what a killed run left, nor instead of what another makes", async () => {
    const own = toolFolder(tool(writes));
    mkdirSync(own, { recursive: true });
    const dead = spawnSync("true").pid;
    for (const id of [dead, process.ppid]) mkdirSync(join(own, `build-${hostname()}-${id}-abc`));
    await provide(tool(writes), say);
    assert.deepEqual(readdirSync(own).sort(), [`build-${hostname()}-${process.ppid}-abc`, "lab-tool"]);
  });

  it("are not made any further once that is ended", async () => {
    onPath("go", "sleep 60");
    const end = new AbortController();
    const source = goModule({ module: "pulumi", package: "example.com/pulumi", minutes: 1 });
    const made = provide({ ...tool(fails), source }, say, end.signal);
    setTimeout(() => end.abort(), 100);
    await assert.rejects(made, /go build/);
    assert.deepEqual(readdirSync(toolFolder({ ...tool(fails), source })), []);
  });

  /** What is missing where PATH has these programs alone. */
  function missingWith(programs: Readonly<Record<string, string>>, needs: readonly string[]): readonly string[] {
    for (const [name, script] of Object.entries(programs)) onPath(name, script);
    process.env.PATH = join(folder, "bin");
    const { source, ...rest } = tool(writes);
    return missing([{ ...rest, source: { ...source, needs } }], ["iptables"]);
  }

  it("name each program they can't be made without, in a line", () => {
    const lines = missingWith({}, ["go", "python3"]);
    assert.ok(lines.includes("go is missing: install Go 1.26 or later, see https://go.dev/doc/install."));
    assert.ok(lines.includes("python3 is missing: install Python 3 with pip (apt-get install python3-pip)."));
    assert.ok(lines.includes("iptables is missing: install iptables (apt-get install iptables)."));
    assert.ok(lines.every((line) => !line.includes("\n")));
  });

  for (const [said, good] of [
    ["go1.26.0", true],
    ["go1.27rc1", true],
    ["go1.25.9", false],
    ["devel", false],
  ] as const)
    it(`${good ? "take" : "refuse"} Go where it says ${said}`, () => {
      const lines = missingWith({ go: `/bin/echo go version ${said} linux/amd64` }, ["go"]);
      assert.equal(
        lines.some((line) => line.startsWith("go is")),
        !good,
      );
    });

  for (const [what, status] of [
    ["a Python with pip", 0],
    ["a Python without it", 1],
  ] as const)
    it(`${status === 0 ? "take" : "refuse"} ${what}`, () => {
      const lines = missingWith({ python3: `[ "$*" = "-m pip --version" ] && exit ${status}` }, ["python3"]);
      assert.equal(lines.filter((line) => line.startsWith("python3 has no pip: install Python 3")).length, status);
    });

  it("need nothing to be made where they are there", async () => {
    await provide(tool(writes), say);
    assert.ok(!missingWith({}, ["go"]).some((line) => line.startsWith("go ")));
  });

  for (const [said, same, good] of [
    ["v3.250.0", "major", true],
    ["v3.251.0-alpha.1", "major", true],
    ["3.250.1", "minor", true],
    ["3.251.0", "minor", false],
    ["v3.250.0", "patch", true],
    ["v3.250.1", "patch", false],
    ["v3.249.9", "major", false],
    ["v4.0.0", "major", false],
    ["envoy  version: abc/3.250.0/Clean/RELEASE", "minor", true],
    ["unknown", "major", false],
  ] as const) {
    it(`${good ? "take" : "refuse"} "${said}" where 3.250.0 is wanted, of the same ${same} version`, () =>
      assert.equal(serves(said, { version: "3.250.0", same }), good));
  }
});
