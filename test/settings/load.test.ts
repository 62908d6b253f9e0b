import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { SettingsError } from "../../components/settings/errors";
import { loadSettings } from "../../components/settings/load";
import { parseSettings } from "../../components/settings/settings";
import { settingsOf, stackConfig } from "../stack";

describe("loadSettings", () => {
  it("reads the running stack's configuration", async () => {
    assert.deepEqual(await load({}), settingsOf());
  });

  it("calls the cluster after project and stack where the file names none", async () => {
    const { cluster } = await load({}, { stack: "prod" });
    assert.equal(cluster.name, "eks-istio-prod");
  });

  it("tells every problem at once, in an error that Pulumi prints without a stack trace", async () => {
    const problems = {
      "aws:region": "nowhere",
      "eks-istio:domain": undefined,
      "eks-istio:cluster": { version: "1.1" },
      "eks-istio:network": { nat: "none" },
      "eks-istio:aps": {},
    };
    await assert.rejects(load(problems), (error) => {
      assert.ok(pulumi.RunError.isInstance(error));
      assert.deepEqual(keysIn(error.message), [
        "aws:region",
        "eks-istio:aps",
        "eks-istio:cluster.version",
        "eks-istio:domain",
        "eks-istio:network.nat",
      ]);
      return true;
    });
  });

  it("says in which file, and that nothing was created", async () => {
    await assert.rejects(
      load({ "eks-istio:domain": undefined }, { stack: "prod" }),
      /^Error: Pulumi[.]prod[.]yaml has 1 problem[.] Nothing was created[.]\n/,
    );
  });

  it("names lines where the engine runs it beside its stack file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "beside-"));
    const here = process.cwd();
    await load({ "eks-istio:tags": { team: "shop" }, "eks-istio:domain": { name: "shop.dev" } });
    const keys = { "eks-istio:cluster": { version: "1.35", publicAccessCidrs: ["0.0.0.0/0"] } };
    pulumi.runtime.setAllConfig({ ...stackConfig({ ...keys, "eks-istio:domain": { name: "shop.dev" } }).values });
    writeFileSync(join(folder, "Pulumi.yaml"), "name: eks-istio\nstackConfigDir: stacks\n");
    mkdirSync(join(folder, "stacks"));
    engineAddress("127.0.0.1:1");
    process.chdir(folder);
    try {
      assert.throws(() => loadSettings(), /\n {2}eks-istio:cluster\.publicAccessCidrs\[0\]\n/);
      const file = join(folder, "stacks", "Pulumi.dev.yaml");
      writeFileSync(file, 'config:\n  eks-istio:cluster: {version: "1.35", publicAccessCidrs: [0.0.0.0/0]}\n');
      assert.throws(
        () => loadSettings(),
        /\n {2}stacks\/Pulumi\.dev\.yaml:2:60 {2}eks-istio:cluster\.publicAccessCidrs\[0\]\n/,
      );
      writeFileSync(file, 'config:\n  eks-istio:cluster: {version: "1.36", publicAccessCidrs: [0.0.0.0/0]}\n');
      assert.throws(() => loadSettings(), /\n {2}eks-istio:cluster\.publicAccessCidrs\[0\]\n/);
    } finally {
      process.chdir(here);
      engineAddress("");
      rmSync(folder, { recursive: true });
    }
  });

  it("refuses an encrypted section without showing its text", async () => {
    const secret = { "eks-istio:tags": { owner: "hidden" } };
    await assert.rejects(load(secret, { secretKeys: ["eks-istio:tags"] }), (error: Error) => {
      assert.match(error.message, /eks-istio:tags\n {4}value {2}"\[secret\]"\n {4}rule {3}is encrypted/);
      assert.doesNotMatch(error.message, /hidden/);
      return true;
    });
  });

  it("takes encrypted keys of other namespaces, such as AWS's", async () => {
    const settings = await load({ "aws:profile": "hidden" }, { secretKeys: ["aws:profile"] });
    assert.equal(settings.aws.profile, "hidden");
  });
});

describe("a domain for examples, whose zone is to be created,", () => {
  const problem = (name: string, place = "name") => ({
    key: `eks-istio:domain.${place}`,
    value: name,
    rule: "is a name for examples, which nobody owns: Route 53 refuses its zone, or its certificate is never validated",
    fix: "Write a domain of yours. (npm start plans this one as it is.)",
  });
  const withEngine = (keys: Readonly<Record<string, unknown>>) => {
    try {
      parseSettings({ ...stackConfig(keys), engine: true });
      return [];
    } catch (error) {
      assert.ok(error instanceof SettingsError);
      return error.problems;
    }
  };

  for (const name of ["example.com", "shop.example.net", "example.org", "example.test", "shop.test"])
    it(`is refused where the engine would create it: ${name}`, () => {
      assert.deepEqual(withEngine({ "eks-istio:domain": { name } }), [problem(name)]);
    });

  it("is refused among further domains", () => {
    const keys = { "eks-istio:domain": { name: "shop.dev", additional: [{ name: "example.org" }] } };
    assert.deepEqual(withEngine(keys), [problem("example.org", "additional[0].name")]);
  });

  for (const domain of [{ name: "shop.dev" }, { name: "myexample.com" }, { name: "example.com.tr" }])
    it(`is not ${domain.name}`, () => {
      assert.deepEqual(withEngine({ "eks-istio:domain": domain }), []);
    });

  it("is fine where somebody else made the zone", () => {
    assert.deepEqual(withEngine({ "eks-istio:domain": { name: "example.com", zone: { id: "Z0123456789ABC" } } }), []);
  });

  it("is planned without an engine, and refused with one", async () => {
    assert.equal((await load({})).domain.name, "example.com");
    engineAddress("127.0.0.1:1");
    try {
      assert.throws(() => loadSettings(), /is a name for examples/);
    } finally {
      engineAddress("");
    }
  });
});

/** Makes Pulumi's runtime believe that an engine runs it; an empty address ends that. */
function engineAddress(address: string): void {
  const { settings } = (
    createRequire(require.resolve("@pulumi/pulumi"))("./runtime/state") as {
      getStore(): { settings: { options: { engineAddr?: string } } };
    }
  ).getStore();
  settings.options.engineAddr = address;
}

/** What loadSettings gives for a stack that the engine runs with these keys. */
async function load(
  keys: Readonly<Record<string, unknown>>,
  { stack = "dev", secretKeys = [] }: { readonly stack?: string; readonly secretKeys?: string[] } = {},
) {
  const config = stackConfig(keys, stack);
  pulumi.runtime.setAllConfig({ ...config.values }, secretKeys);
  await pulumi.runtime.setMocks(
    { newResource: ({ inputs }) => ({ id: undefined, state: inputs as object }), call: () => ({}) },
    config.project,
    config.stack,
    true,
  );
  return loadSettings();
}

/** The keys of the stack file that a message is about, sorted. */
function keysIn(message: string): string[] {
  return [...message.matchAll(/^ {2}(\S.*)$/gm)].map(([, key = ""]) => key).sort();
}
