import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
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
    await assert.rejects(provide({ ...tool(fails), source }, say), /^Error: go build .* failed:\nno such package/);
  });

  it("name each program they can't be made without, in a line", () => {
    onPath("sh", 'exec /bin/sh "$@"');
    process.env.PATH = join(folder, "bin");
    const lines = missing([tool(writes)], true);
    assert.ok(lines.some((line) => line.startsWith("go is missing: install Go 1.26 or later")));
    assert.ok(lines.includes("iptables is missing: install iptables (apt-get install iptables)."));
    assert.ok(lines.every((line) => !line.includes("\n")));
  });

  it("need nothing to be made where they are there", async () => {
    await provide(tool(writes), say);
    onPath("sh", 'exec /bin/sh "$@"');
    process.env.PATH = join(folder, "bin");
    assert.ok(!missing([tool(writes)], false).some((line) => line.startsWith("go ")));
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
