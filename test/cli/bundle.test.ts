import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import * as nodeModule from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "./support";

describe("a command's bundle", () => {
  let project: string;
  let cache: string;
  /** Node 20 keeps no compiled code. */
  const kinds = "enableCompileCache" in nodeModule ? ["bundle", "compiled code"] : ["bundle"];

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), "bundle-"));
    cache = join(project, "node_modules", ".cache", "eks-istio");
    for (const folder of ["cli", "components", "policies", "node_modules"]) mkdirSync(join(project, folder));
    for (const file of ["bundle.cjs", "lazy-modules.cjs"]) cpSync(join(root, "cli", file), join(project, "cli", file));
    symlinkSync(dirname(require.resolve("esbuild/package.json")), join(project, "node_modules", "esbuild"));
    for (const file of ["index.ts", "package-lock.json"]) writeFileSync(join(project, file), "");
    says("one");
  });

  afterEach(() => rmSync(project, { recursive: true }));

  function says(word: string) {
    writeFileSync(join(project, "cli", "plan.ts"), `process.stdout.write("${word}");`);
  }

  function run() {
    const start = 'require("./cli/bundle.cjs").run("cli/plan")';
    const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", start], { cwd: project, encoding: "utf8" });
    return { status, stdout, stderr };
  }

  /** What is kept, sorted: a bundle, and beside it the code that Node made of it. */
  const kept = () => readdirSync(cache).sort();
  const kindsOf = (names: readonly string[]) =>
    names.map((name) => (name.endsWith(".compiled") ? "compiled code" : "bundle"));

  it("is made once, and kept with what Node compiled of it", () => {
    assert.deepEqual(run(), { status: 0, stdout: "one", stderr: "" });
    const first = kept();
    assert.deepEqual(kindsOf(first), kinds);
    assert.deepEqual(run(), { status: 0, stdout: "one", stderr: "" });
    assert.deepEqual(kept(), first);
  });

  it("goes with its compiled code when a source has changed", () => {
    run();
    const first = kept();
    says("another");
    assert.deepEqual(run(), { status: 0, stdout: "another", stderr: "" });
    assert.deepEqual(kindsOf(kept()), kinds);
    assert.deepEqual(
      kept().filter((name) => first.includes(name)),
      [],
    );
  });

  it("has its tables beside it, and reads one when something asks for it", () => {
    writeFileSync(join(project, "policies", "table.json"), '{"word": "four"}');
    writeFileSync(join(project, "cli", "plan.ts"), 'process.stdout.write(require("../policies/table.json").word);');
    assert.deepEqual(run(), { status: 0, stdout: "four", stderr: "" });
    const [tables = ""] = kept().filter((name) => name.endsWith(".tables"));
    assert.deepEqual(
      readdirSync(join(cache, tables)).map((name) => name.replace(/-\w+/, "")),
      ["table.json"],
    );
    says("another");
    run();
    assert.deepEqual(
      kept().filter((name) => name.endsWith(".tables")),
      [],
    );
  });

  it("loads what starts programs when something asks for it", () => {
    const lines = [
      'import { spawnSync } from "node:child_process";',
      'const isLoaded = () => process.moduleLoadList.includes("NativeModule child_process");',
      "const before = isLoaded();",
      'const { status } = spawnSync(process.execPath, ["--version"]);',
      "process.stdout.write(JSON.stringify([before, isLoaded(), status]));",
    ];
    writeFileSync(join(project, "cli", "plan.ts"), lines.join("\n"));
    // The first run makes the bundle, with a program.
    run();
    assert.deepEqual(run(), { status: 0, stdout: "[false,true,0]", stderr: "" });
  });

  it("runs where its compiled code can't be kept", () => {
    run();
    const [bundle = ""] = kept();
    rmSync(join(cache, `${bundle}.compiled`), { recursive: true, force: true });
    writeFileSync(join(cache, `${bundle}.compiled`), "");
    assert.deepEqual(run(), { status: 0, stdout: "one", stderr: "" });
  });
});
