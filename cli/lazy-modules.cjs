// What Pulumi's packages load when they are imported, and a plan doesn't use: the TypeScript compiler and npm's
// dependency solver, which serialize functions for the cloud; the Automation API, with gRPC's server and what reads
// YAML; every service of AWS and every group of Kubernetes. Loading them on first use instead saves most of the import's
// time and memory; a use finds them as ever.
"use strict";

const { existsSync } = require("node:fs");
const Module = require("node:module");
const { dirname, join } = require("node:path");

const packages = new Set(["typescript", "@npmcli/arborist"]);

/** Parts of Node that a bundle of ours imports for what most runs don't do: start programs, name a status of HTTP. */
const parts = new Set(["node:child_process", "node:http"]);
const bundles = join("node_modules", ".cache", "eks-istio");

const load = Module._load;

/** Files that hand on the folders beside them, each as one name: `exports.ec2 = require("./ec2")`. */
const indexes = ["pulumi", "aws", "kubernetes"].map((name) => join("node_modules", "@pulumi", name, "index.js"));

function isLazy(request, importer) {
  if (packages.has(request)) return importer.includes("@pulumi");
  if (parts.has(request)) return importer.includes(bundles);
  return (
    /^\.\/\w+$/.test(request) &&
    indexes.some((index) => importer.endsWith(index)) &&
    existsSync(join(dirname(importer), request, "index.js"))
  );
}

Module._load = function (request, parent, isMain) {
  if (!isLazy(request, parent?.filename ?? "")) return load.call(this, request, parent, isMain);
  let loaded;
  // The helper of a compiled import asks for __esModule at once; with a yes it takes the proxy as it is.
  const get = (_, key) => key === "__esModule" || (loaded ??= load.call(this, request, parent, isMain))[key];
  return new Proxy({}, { get });
};
