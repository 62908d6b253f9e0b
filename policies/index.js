// What `pulumi preview --policy-pack policies` loads. The engine would compile TypeScript with type checks, which takes
// many seconds; tsx only strips the types. `npm run typecheck` is the check.
"use strict";

require("tsx/cjs");
require("./index.ts");
