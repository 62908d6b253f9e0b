// Installs the dependencies if they are missing or are not those of the lock file. Plain JavaScript, and nothing but
// Node's own modules: it runs before there is anything else. What it has to say goes to standard error.
"use strict";

const { spawnSync } = require("node:child_process");
const { existsSync, readFileSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..");

/** Whether node_modules holds what package-lock.json asks for. npm keeps a lock file of its own beside what it installed. */
function installed() {
  const installedLock = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installedLock)) return false;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const present = JSON.parse(readFileSync(installedLock, "utf8")).packages;
  return Object.entries(wanted).every(([path, { version, optional }]) => path === "" || optional || present[path]?.version === version);
}

function install() {
  process.stderr.write("Installing dependencies from package-lock.json ...\n");
  // Without install scripts: those of the providers would look for the Pulumi CLI, which this needs not.
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = process.env.npm_execpath;
  const options = { cwd: root, stdio: ["ignore", 2, 2] };
  const { status } = npm ? spawnSync(process.execPath, [npm, ...args], options) : spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
  if (status !== 0) {
    process.stderr.write("npm ci failed. Fix what it says above, and run the command again.\n");
    process.exit(1);
  }
}

if (!installed()) install();
