import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { buildTool, MissingTool, toolFolder, type GoTool } from "./go-tool";
import { serves } from "./pulumi";

describe("the lab's tools", () => {
  const { PATH, XDG_CACHE_HOME } = process.env;
  let folder: string;
  let said: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "eks-istio-lab-tools-"));
    process.env.XDG_CACHE_HOME = join(folder, "cache");
    said = [];
  });
  afterEach(() => {
    Object.assign(process.env, { PATH });
    if (XDG_CACHE_HOME === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = XDG_CACHE_HOME;
    rmSync(folder, { recursive: true });
  });

  /** A tool whose Go is a script that writes the executable, or fails. */
  function tool(script: string, flags: readonly string[] = []): GoTool {
    const module = join(folder, "module");
    const bin = join(folder, "bin");
    mkdirSync(module, { recursive: true });
    mkdirSync(bin, { recursive: true });
    for (const file of ["go.mod", "go.sum"]) writeFileSync(join(module, file), "module tools\n");
    writeFileSync(join(bin, "go"), `#!/bin/sh\n[ "$1" = version ] && exit 0\n${script}\n`, { mode: 0o755 });
    process.env.PATH = [bin, PATH].join(delimiter);
    return { name: "pulumi", version: "3.250.0", module, package: "example.com/pulumi", flags, minutes: 3 };
  }

  const writes = 'while [ "$1" != -o ]; do shift; done; echo built > "$2"';

  it("are built once, with one line about it", async () => {
    const built = await buildTool(tool(writes), (line) => said.push(line));
    const { mtimeMs } = statSync(join(built, "pulumi"));
    assert.equal(await buildTool(tool("exit 1"), (line) => said.push(line)), built);
    assert.deepEqual(said, ["Building pulumi 3.250.0, once: about 3 minutes ..."]);
    assert.equal(statSync(join(built, "pulumi")).mtimeMs, mtimeMs);
  });

  it("are built again for other flags", () => {
    assert.notEqual(toolFolder(tool(writes)), toolFolder(tool(writes, ["-tags", "other"])));
  });

  it("leave nothing that looks built when a build fails, and say what the compiler said", async () => {
    await assert.rejects(
      buildTool(tool("echo no such package >&2; exit 1"), () => undefined),
      /^Error: Building pulumi 3\.250\.0 failed:\nno such package/,
    );
    await buildTool(tool(writes), (line) => said.push(line));
    assert.equal(said.length, 1);
  });

  it("say in one line that Go is missing", async () => {
    const wanted = tool(writes);
    process.env.PATH = join(folder, "nothing");
    await assert.rejects(
      buildTool(wanted, () => undefined),
      (error) =>
        error instanceof MissingTool &&
        /^Go is missing, and pulumi 3\.250\.0 is built with it: .*$/.test(error.message),
    );
  });

  for (const [version, good] of Object.entries({
    "v3.250.0": true,
    "v3.251.0-alpha.1": true,
    "v3.249.9": false,
    "v4.0.0": false,
    "": false,
  })) {
    it(`${good ? "take" : "refuse"} ${version || "no version"} where 3.250.0 is wanted`, () =>
      assert.equal(serves(version, "3.250.0"), good));
  }
});
