// What `pulumi preview --policy-pack policies` loads. The engine would compile TypeScript with type checks, which takes
// many seconds; tsx only strips the types. `npm run typecheck` is the check.
"use strict";

const { join } = require("node:path");

// Compiled code is kept beside that of `npm start`. Node 20 has no such cache.
require("node:module").enableCompileCache?.(join(__dirname, "..", "node_modules", ".cache", "eks-istio", "policies"));
require("tsx/cjs");
require("./index.ts");
