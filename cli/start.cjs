// Runs the plan: `npm start`. Plain JavaScript, so that it works on a fresh clone. It keeps one bundle of the project's
// sources: loading sixty files through a compiler takes longer than the plan itself.
"use strict";

require("./install.cjs");
const { readdirSync, renameSync, statSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..");
const bundle = join(root, "node_modules", ".cache", "eks-istio", "plan.cjs");

/** The newest change below a file or folder, in milliseconds. */
function changed(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => changed(join(path, name))));
}

function upToDate() {
  const built = statSync(bundle, { throwIfNoEntry: false });
  return built !== undefined && ["index.ts", "package-lock.json", "cli", "components"].every((source) => changed(join(root, source)) < built.mtimeMs);
}

if (!upToDate()) {
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
    sourcemap: "inline",
    logLevel: "error",
  });
  renameSync(fresh, bundle);
}

require("./lazy-modules.cjs");
require(bundle);
