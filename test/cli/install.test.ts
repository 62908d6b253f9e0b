import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./support";

describe("installing dependencies", () => {
  let project: string;

  const lock = {
    packages: {
      "": { version: "0.1.0" },
      "node_modules/zod": { version: "4.0.0" },
      "node_modules/fsevents": { version: "2.3.3", optional: true },
    },
  };

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), "install-"));
    mkdirSync(join(project, "cli"));
    cpSync(join(root, "cli", "install.cjs"), join(project, "cli", "install.cjs"));
    writeFileSync(join(project, "package-lock.json"), JSON.stringify(lock));
    writeFileSync(
      join(project, "npm.cjs"),
      'require("node:fs").writeFileSync("called", process.argv.slice(2).join(" ")); process.exit(Number(process.env.NPM_STATUS ?? 0));',
    );
  });

  afterEach(() => rmSync(project, { recursive: true }));

  /** Installs in the project with a stand-in for npm; tells how npm was called, if it was. */
  function install(present?: object, npmStatus = 0) {
    if (present) {
      mkdirSync(join(project, "node_modules"));
      writeFileSync(join(project, "node_modules", ".package-lock.json"), JSON.stringify({ packages: present }));
    }
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(project, "cli", "install.cjs")], {
      cwd: project,
      env: { ...process.env, npm_execpath: join(project, "npm.cjs"), NPM_STATUS: String(npmStatus) },
      encoding: "utf8",
    });
    const called = existsSync(join(project, "called")) ? readFileSync(join(project, "called"), "utf8") : undefined;
    return { status, stdout, stderr, called };
  }

  it("leaves alone what is installed as the lock file says", () => {
    assert.deepEqual(install({ "node_modules/zod": { version: "4.0.0" } }), {
      status: 0,
      stdout: "",
      stderr: "",
      called: undefined,
    });
  });

  it("installs from the lock file, without install scripts, where nothing is installed; and tells so on standard error", () => {
    assert.deepEqual(install(), {
      status: 0,
      stdout: "",
      stderr: "Installing dependencies from package-lock.json ...\n",
      called: "ci --ignore-scripts --no-audit --no-fund --loglevel=error",
    });
  });

  it("installs again where a version is not the lock file's", () => {
    assert.ok(install({ "node_modules/zod": { version: "3.9.9" } }).called);
  });

  it("looks again where the lock file has changed since", () => {
    const present = { "node_modules/zod": { version: "4.0.0" } };
    assert.equal(install(present).called, undefined);
    const note = join(project, "node_modules", ".cache", "eks-istio", "installed");
    assert.ok(existsSync(note));
    mkdirSync(join(project, "node_modules", "@esbuild", `${process.platform}-${process.arch}`), { recursive: true });
    assert.equal(install().called, undefined);
    const changed = { packages: { ...lock.packages, "node_modules/zod": { version: "4.0.10" } } };
    writeFileSync(join(project, "package-lock.json"), JSON.stringify(changed));
    assert.ok(install().called);
  });

  it("takes no note of an installation that went wrong", () => {
    install({});
    assert.ok(install().called);
    assert.ok(!existsSync(join(project, "node_modules", ".cache", "eks-istio", "installed")));
  });

  it("installs again where a package is missing", () => {
    assert.ok(install({}).called);
  });

  it("installs again where an installation was cut off", () => {
    mkdirSync(join(project, "node_modules"));
    writeFileSync(join(project, "node_modules", ".package-lock.json"), '{"packages": {');
    assert.ok(install().called);
  });

  it("installs again where the compiler is another machine's", () => {
    const compiler = `node_modules/@esbuild/${process.platform}-${process.arch}`;
    writeFileSync(
      join(project, "package-lock.json"),
      JSON.stringify({ packages: { ...lock.packages, [compiler]: { version: "1.0.0", optional: true } } }),
    );
    assert.ok(install({ "node_modules/zod": { version: "4.0.0" } }).called);
  });

  it("waits for another command's installation instead of starting its own", async () => {
    writeFileSync(
      join(project, "npm.cjs"),
      `
      const fs = require("node:fs");
      fs.appendFileSync("called", "x");
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
      fs.mkdirSync("node_modules", { recursive: true });
      fs.writeFileSync("node_modules/.package-lock.json", '${JSON.stringify({ packages: { "node_modules/zod": { version: "4.0.0" } } })}');
    `,
    );
    const command = () =>
      new Promise<number | null>((done) =>
        spawn(process.execPath, [join(project, "cli", "install.cjs")], {
          cwd: project,
          env: { ...process.env, npm_execpath: join(project, "npm.cjs") },
          stdio: "ignore",
        }).on("close", done),
      );
    assert.deepEqual(await Promise.all([command(), command(), command()]), [0, 0, 0]);
    assert.equal(readFileSync(join(project, "called"), "utf8"), "x");
  });

  it("ends with npm's failure", () => {
    const { status, stderr } = install(undefined, 7);
    assert.equal(status, 1);
    assert.match(stderr, /npm ci failed\./);
  });
});
