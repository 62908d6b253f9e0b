// Installs the dependencies if they are missing or are not those of the lock file. Plain JavaScript, and nothing but
// Node's own modules: it runs before there is anything else. What it has to say goes to standard error.
"use strict";

const { spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

const root = join(__dirname, "..");
const lock = join(tmpdir(), `eks-istio-install-${createHash("sha256").update(root).digest("hex").slice(0, 16)}`);
const owner = join(lock, "pid");

/** Whether node_modules holds what package-lock.json asks for, for this machine. npm keeps a lock file of its own beside what it installed. */
function installed() {
  const wanted = packages(join(root, "package-lock.json"));
  const present = packages(join(root, "node_modules", ".package-lock.json"));
  if (!wanted || !present) return false;
  // Optional packages are for other machines, but for the one compiler that is for this.
  const compiler = `node_modules/@esbuild/${process.platform}-${process.arch}`;
  if (wanted[compiler] && !existsSync(join(root, compiler))) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === "" || optional || present[path]?.version === version,
  );
}

/** The packages of a lock file; undefined if there is none, or only half of one. */
function packages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

function install() {
  process.stderr.write("Installing dependencies from package-lock.json ...\n");
  // Without install scripts: those of the providers would look for the Pulumi CLI, which this needs not.
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = process.env.npm_execpath;
  const options = { cwd: root, stdio: ["ignore", 2, 2] };
  const { status } = npm
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
  if (status === 0) return;
  process.stderr.write("npm ci failed. Fix what it says above, and run the command again.\n");
  process.exitCode = 1;
}

/** Takes the lock, so that two commands at once don't install into each other. False if somebody alive has it. */
function takeLock() {
  // A folder is made by one process only, and holds its maker's number a moment later.
  try {
    mkdirSync(lock);
    writeFileSync(owner, String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  if (abandoned()) releaseLock();
  return false;
}

function releaseLock() {
  rmSync(lock, { recursive: true, force: true });
}

/** Whether whoever took the lock is gone, e.g. by Ctrl-C. */
function abandoned() {
  try {
    return !alive(Number(readFileSync(owner, "utf8")));
  } catch {
    // Taken and not yet signed, or just released: who comes back in a moment sees which.
    const taken = statSync(lock, { throwIfNoEntry: false });
    return taken !== undefined && Date.now() - taken.mtimeMs > 10_000;
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

if (!installed()) {
  while (!takeLock()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  try {
    // Somebody else may have installed meanwhile.
    if (!installed()) install();
  } finally {
    releaseLock();
  }
  if (process.exitCode !== undefined) process.exit();
}
