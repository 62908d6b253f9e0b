// Runs a command, or the policy pack, from a bundle of the project's sources, made when they change: loading hundreds of
// files through a compiler takes longer than the plan itself.
"use strict";

const { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } = require("node:fs");
const { enableCompileCache } = require("node:module");
const { basename, join } = require("node:path");

const root = join(__dirname, "..");
const cache = join(root, "node_modules", ".cache", "eks-istio");

/** 64 bits that tell texts apart. Node's own hashes take longer to load than all of the rest here. */
function hash(text) {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return [high, low].map((part) => (part >>> 0).toString(16).padStart(8, "0")).join("");
}

/** A line for each file below a path: when it last changed, and its size. */
function stamps(path) {
  const stats = statSync(path);
  return stats.isDirectory()
    ? readdirSync(path).flatMap((name) => stamps(join(path, name)))
    : [`${path} ${stats.mtimeMs} ${stats.size}`];
}

/**
 * @param {"cli/plan" | "cli/check" | "policies/index"} program a TypeScript file of the project, without its ending
 */
exports.run = (program) => {
  // Worktrees may share node_modules: each project folder has bundles of its own.
  const own = `${program.replace("/", "-")}-${hash(root).slice(0, 8)}-`;
  const sources = ["index.ts", "package-lock.json", "cli", "components", "policies"];
  const bundle = join(cache, `${own}${hash(sources.flatMap((source) => stamps(join(root, source))).join("\n"))}.cjs`);
  if (!existsSync(bundle)) build(program, own, bundle);
  // Compiled code, Pulumi's packages' too, beside the bundle and by version of Node: Node 20 has no such cache, and a
  // folder that can't be written makes none.
  enableCompileCache?.(`${bundle}.compiled`);
  require("./lazy-modules.cjs");
  require(bundle);
};

function build(program, own, bundle) {
  mkdirSync(cache, { recursive: true });
  // Another command may have made the same bundle this moment.
  const stale = readdirSync(cache).filter((name) => name.startsWith(own) && !name.startsWith(basename(bundle)));
  // Written aside and moved, so that two plans at once never read half a bundle.
  const fresh = `${bundle}.${process.pid}`;
  bundleOf(join(root, `${program}.ts`), fresh);
  renameSync(fresh, bundle);
  for (const name of stale) rmSync(join(cache, name), { recursive: true, force: true });
}

/**
 * Makes one file of a source and what it imports, but for Pulumi's packages. Tables in JSON lie beside it, and are read
 * when something asks for them: as a part of the program they would be read, and kept compiled, with each start.
 */
function bundleOf(source, outfile) {
  require("esbuild").buildSync({
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    // Of JUnit's packages, which are large, only `--format junit` asks for anything.
    external: ["@pulumi/*", "junit-report-builder"],
    loader: { ".json": "copy" },
    assetNames: `${basename(outfile)}.tables/[name]-[hash]`,
    // Half of a source is comments, and some of their characters would make all of it take twice the memory.
    minifyWhitespace: true,
    legalComments: "none",
    lineLimit: 120,
    logLevel: "error",
  });
}
exports.bundleOf = bundleOf;
