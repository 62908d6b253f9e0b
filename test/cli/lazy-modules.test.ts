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

describe("what Pulumi's packages hand on", () => {
  const services = `Object.keys(require.cache).filter((path) => /@pulumi.(aws.(ec2|glue)|kubernetes.helm|pulumi.automation).index.js$/.test(path)).length`;

  it("isn't loaded with them", () =>
    assert.equal(withRuntime(`require("@pulumi/aws"); require("@pulumi/kubernetes"); print(${services})`), 0));

  it("is found when it is used: classes, functions, and names below them", () => {
    const used = `
      const aws = require("@pulumi/aws");
      const { helm, core } = require("@pulumi/kubernetes");
      const found = [aws.ec2.Vpc, aws.getRegion, aws.Provider, aws.glue.getScript, aws.types.enums.ec2.InstanceType,
        helm.v3.Release, core.v1.Service, pulumi.automation.LocalWorkspace, pulumi.log.info, pulumi.asset.FileAsset];
      print([...found.map((one) => typeof one), ${services}]);`;
    const kinds = ["function", "function", "function", "function", "object", "function", "function", "function"];
    assert.deepEqual(withRuntime(used), [...kinds, "function", "function", 4]);
  });
});
