import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readFiles } from "../../cli/check/files";
import { writePlan } from "../../cli/plan/files";
import type { Plan } from "../../cli/plan/plan";
import { unreadableText } from "../../policies/sources/yaml";
import { root } from "./support";

const service = (name: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: shop}\nspec: {ports: [{port: 80}]}\n`;

describe("files to check that are no plain text", () => {
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "odd-files-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const at = (name: string) => join(folder, name);

  /** Names of the objects, and what is said of files. */
  function told(...paths: readonly string[]): { names: string[]; unreadable: string[]; notes: string[] } {
    const { resources, unreadable, unjudged } = readFiles(paths.length > 0 ? paths : ["."], { here: folder });
    return {
      names: resources.map(({ name }) => name),
      unreadable: unreadable.map(unreadableText),
      notes: unjudged.map(({ rule, resource, reason }) => `${rule} ${resource}: ${reason}`),
    };
  }

  it("are named where they are links that lead nowhere, pipes, devices or too large, and the rest is read", () => {
    writeFileSync(at("good.yaml"), service("good"));
    symlinkSync("nowhere.yaml", at("dangling.yaml"));
    symlinkSync("circle.yaml", at("circle.yaml"));
    symlinkSync("/dev/zero", at("device.yaml"));
    execFileSync("mkfifo", [at("pipe.yaml")]);
    const file = openSync(at("large.yaml"), "w");
    ftruncateSync(file, 2 ** 28 + 1);
    closeSync(file);
    assert.deepEqual(told(), {
      names: ["good"],
      unreadable: [
        "circle.yaml: can't be read: it is a link that leads back to itself",
        "dangling.yaml: is a link to something that isn't there",
        "device.yaml: is a device or a socket, and no file",
        "large.yaml: has 257 MiB, and a check reads 256 at most: split it",
        "pipe.yaml: is a named pipe, which may never end: hand over its text with npm run check -- - < PIPE",
      ],
      notes: [],
    });
    assert.equal(told("pipe.yaml", "/dev/zero").unreadable.length, 2);
  });

  it("are not looked for behind links to folders, and those that lead elsewhere are named", () => {
    mkdirSync(at("tree/below"), { recursive: true });
    mkdirSync(at("elsewhere"));
    writeFileSync(at("tree/below/good.yaml"), service("good"));
    symlinkSync("..", at("tree/below/circle"));
    symlinkSync("below", at("tree/again"));
    symlinkSync("../elsewhere", at("tree/other"));
    symlinkSync("nowhere", at("tree/gone"));
    assert.deepEqual(told("tree"), {
      names: ["good"],
      unreadable: [],
      notes: [
        "FILES tree/gone: it is a link to something that isn't there",
        `FILES tree/other: it is a link to a folder: name ${at("elsewhere")} as well`,
      ],
    });
  });

  for (const [encoding, bytes] of [
    ["UTF-16, as Windows PowerShell redirects", Buffer.from(`\uFEFF${service("café")}`, "utf16le")],
    ["UTF-16 of the other order", Buffer.from(`\uFEFF${service("café")}`, "utf16le").swap16()],
    ["UTF-16 without a mark", Buffer.from(service("café"), "utf16le")],
    ["UTF-16 of the other order without a mark", Buffer.from(service("café"), "utf16le").swap16()],
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${service("café")}`)],
  ] as const)
    it(`are read in ${encoding}`, () => {
      writeFileSync(at("one.yaml"), bytes);
      assert.deepEqual(told(), { names: ["café"], unreadable: [], notes: [] });
    });

  it("are named where their bytes are no text", () => {
    writeFileSync(at("latin.yaml"), Buffer.from(service("café"), "latin1"));
    writeFileSync(at("nul.yaml"), "a: b\nc: \0\n");
    mkdirSync(at("base"));
    writeFileSync(at("base/kustomization.yaml"), "resources: [latin.yaml, good.yaml]\n");
    writeFileSync(at("base/good.yaml"), service("good"));
    writeFileSync(at("base/latin.yaml"), Buffer.from("a: é", "latin1"));
    assert.deepEqual(told(), {
      names: ["good"],
      unreadable: [
        "base/latin.yaml: is no text: it has bytes that UTF-8 doesn't allow",
        "latin.yaml: is no text: it has bytes that UTF-8 doesn't allow",
        "nul.yaml: is no text: it has a NUL in it",
      ],
      notes: [],
    });
  });

  it("are told as stack files, with the command that judges them", () => {
    writeFileSync(at("Pulumi.dev.yaml"), "config:\n  aws:region: eu-west-1\n");
    writeFileSync(at("apps.yaml"), "search: {namespace: search, port: 80}\n");
    writeFileSync(at("values.yaml"), "search: {namespace: search}\nport: 80\n");
    writeFileSync(at("Pulumi.yaml"), "name: shop\nruntime: nodejs\nconfig:\n  pulumi:tags: {value: {}}\n");
    assert.deepEqual(told().notes, [
      "FILES Pulumi.dev.yaml: it is a stack file of Pulumi, whose plan is judged by npm start -- --config-file Pulumi.dev.yaml",
      "FILES apps.yaml: it holds applications of a stack file, whose plan is judged by npm start -- --config-file FILE",
      "FILES Pulumi.yaml and values.yaml: they hold no Kubernetes object",
    ]);
  });

  describe("in a plan's folder", () => {
    const manifest = (name: string) => ({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name } });
    const plan = {
      project: "shop",
      stack: "dev",
      resources: [
        { urn: "urn:a", type: "kubernetes:core/v1:ServiceAccount", name: "web", inputs: {}, dependencies: [] },
      ],
      manifests: [manifest("web"), manifest("api")],
      releases: [{ name: "istiod", values: { a: 1 } }],
    } as unknown as Plan;

    it("are judged once, as the plan", async () => {
      await writePlan(at("plan"), plan);
      assert.deepEqual(told(), { names: ["web"], unreadable: [], notes: [] });
    });

    it("say the stack's name, unless plans of several stacks stand there", async () => {
      const stack = () => readFiles(["."], { here: folder }).stack;
      await writePlan(at("plan"), plan);
      assert.equal(stack(), "dev");
      await writePlan(at("other"), { ...plan, stack: "prod" });
      assert.equal(stack(), undefined);
    });

    it("are judged beside the plan where somebody else put them there, and named where they were changed", async () => {
      await writePlan(at("plan"), plan);
      writeFileSync(at("plan/manifests/mine.yaml"), service("mine"));
      writeFileSync(at("plan/manifests/serviceaccount_api.yaml"), "changed: true\n");
      assert.deepEqual(told(), {
        names: ["web", "mine"],
        unreadable: [],
        notes: [
          "FILES plan/manifests/serviceaccount_api.yaml: it says something else than plan.json beside it, which is judged",
        ],
      });
    });
  });
});

describe("npm run check on nothing to judge", function () {
  this.timeout(60_000);

  for (const [what, input] of [
    ["nothing", ""],
    ["a word", "hello\n"],
    ["a stack file", "config:\n  aws:region: eu-west-1\n"],
  ] as const)
    it(`says so and exits 2: ${what}`, () => {
      const { status, stderr } = spawnSync(process.execPath, [join(root, "cli", "check.cjs"), "-"], {
        encoding: "utf8",
        input,
      });
      assert.deepEqual([status, stderr], [2, "Nothing was judged: no Kubernetes object was found.\n"]);
    });

  it("says so of an empty folder", () => {
    const folder = mkdtempSync(join(tmpdir(), "empty-"));
    try {
      const { status, stderr } = spawnSync(process.execPath, [join(root, "cli", "check.cjs"), folder], {
        encoding: "utf8",
      });
      assert.deepEqual([status, stderr], [2, "Nothing was judged: no Kubernetes object was found.\n"]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
