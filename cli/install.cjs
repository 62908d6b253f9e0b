// Installs the dependencies if they are missing or are not those of the lock file. Plain JavaScript, and nothing but
// Node's own modules: it runs before there is anything else. What it has to say goes to standard error.
"use strict";

const { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");

const root = join(__dirname, "..");
const lockFile = join(root, "package-lock.json");
/** What npm keeps beside what it installed. */
const presentFile = join(root, "node_modules", ".package-lock.json");
/** Optional packages are for other machines, but for the one compiler that is for this. */
const compiler = `node_modules/@esbuild/${process.platform}-${process.arch}`;
/** Notes which two lock files were last found to agree: reading them takes longer than much of what comes then. */
const note = join(root, "node_modules", ".cache", "eks-istio", "installed");

/** Whether nothing has changed since {@link installed} said yes. */
function noted() {
  try {
    return readFileSync(note, "utf8") === stamp() && existsSync(join(root, compiler));
  } catch {
    return false;
  }
}

function takeNote() {
  try {
    mkdirSync(dirname(note), { recursive: true });
    writeFileSync(note, stamp());
  } catch {
    // A folder that can't be written: the next start looks again.
  }
}

function stamp() {
  const times = [lockFile, presentFile].map((file) => [file, statSync(file).mtimeMs, statSync(file).size]);
  return JSON.stringify([compiler, ...times]);
}

/** Whether node_modules holds what package-lock.json asks for, for this machine. */
function installed() {
  const wanted = packages(lockFile);
  const present = packages(presentFile);
  if (!wanted || !present) return false;
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
  const { spawnSync } = require("node:child_process");
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

/** Installs, or waits until another command has. */
function installAlone() {
  const { createHash } = require("node:crypto");
  const { tmpdir } = require("node:os");
  const lock = join(tmpdir(), `eks-istio-install-${createHash("sha256").update(root).digest("hex").slice(0, 16)}`);
  while (!takeLock(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  try {
    // Somebody else may have installed meanwhile.
    if (!installed()) install();
  } finally {
    releaseLock(lock);
  }
}

/** Takes the lock, so that two commands at once don't install into each other. False if somebody alive has it. */
function takeLock(lock) {
  // A folder is made by one process only, and holds its maker's number a moment later.
  try {
    mkdirSync(lock);
    writeFileSync(ownerOf(lock), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  if (abandoned(lock)) releaseLock(lock);
  return false;
}

/** Where the lock's taker leaves its number. */
function ownerOf(lock) {
  return join(lock, "pid");
}

function releaseLock(lock) {
  rmSync(lock, { recursive: true, force: true });
}

/** Whether whoever took the lock is gone, e.g. by Ctrl-C. */
function abandoned(lock) {
  try {
    return !alive(Number(readFileSync(ownerOf(lock), "utf8")));
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

if (!noted()) {
  if (installed()) takeNote();
  else installAlone();
  if (process.exitCode !== undefined) process.exit();
}
