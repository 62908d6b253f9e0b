import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

/** Runs a script that has Pulumi's runtime as `pulumi`, and gives what it prints as JSON. */
function withRuntime(script: string): unknown {
  const preload = ["--require", join(root, "cli", "lazy-modules.cjs")];
  const lines = [
    'const pulumi = require("@pulumi/pulumi");',
    "const print = (value) => console.log(JSON.stringify(value));",
  ];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...preload, "--eval", [...lines, script].join("\n")],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

const loaded = `Object.keys(require.cache).filter((path) => /node_modules.(typescript|@npmcli.arborist)./.test(path)).length`;

describe("what Pulumi's runtime needs to serialize functions alone", () => {
  it("isn't loaded with it", () => assert.equal(withRuntime(`print(${loaded})`), 0));

  it("is found when it is used: a function's packages, and its source", () => {
    const used = `(async () => {
      const paths = await pulumi.runtime.computeCodePaths();
      const { text } = await pulumi.runtime.serializeFunction(() => "answer");
      print([paths.size > 0, text.includes("answer"), ${loaded} > 0]);
    })();`;
    assert.deepEqual(withRuntime(used), [true, true, true]);
  });
});
