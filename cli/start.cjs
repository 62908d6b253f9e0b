// Runs the plan: `npm start`. Plain JavaScript, so that it works on a fresh clone. It keeps one bundle of the project's
// sources: loading eighty files through a compiler takes longer than the plan itself.
"use strict";

require("./install.cjs");
const { createHash } = require("node:crypto");
const { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..");
const cache = join(root, "node_modules", ".cache", "eks-istio");
// Worktrees may share node_modules: each project folder has a bundle of its own.
const own = `plan-${hash(root).slice(0, 8)}-`;
const bundle = join(
  cache,
  `${own}${hash(["index.ts", "package-lock.json", "cli", "components"].flatMap((source) => stamps(join(root, source))).join("\n"))}.cjs`,
);

function hash(text) {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** A line for each file below a path: when it last changed, and its size. */
function stamps(path) {
  const stats = statSync(path);
  return stats.isDirectory()
    ? readdirSync(path).flatMap((name) => stamps(join(path, name)))
    : [`${path} ${stats.mtimeMs} ${stats.size}`];
}

if (!existsSync(bundle)) {
  mkdirSync(cache, { recursive: true });
  const stale = readdirSync(cache).filter((name) => name.startsWith(own));
  // Written aside and moved, so that two plans at once never read half a bundle.
  const fresh = `${bundle}.${process.pid}`;
  require("esbuild").buildSync({
    entryPoints: [join(root, "cli", "plan.ts")],
    outfile: fresh,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["@pulumi/*"],
    logLevel: "error",
  });
  renameSync(fresh, bundle);
  for (const name of stale) rmSync(join(cache, name), { force: true });
}

require("./lazy-modules.cjs");
require(bundle);
