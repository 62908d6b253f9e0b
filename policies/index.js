// What `pulumi preview --policy-pack policies` loads. The engine would compile TypeScript with type checks, which takes
// many seconds; a bundle, kept until a source changes, starts at once. `npm run typecheck` is the check.
"use strict";

require("../cli/bundle.cjs").run("policies/index");
