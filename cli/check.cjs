// Runs the policies over YAML: `npm run check`. Plain JavaScript, so that it works on a fresh clone.
"use strict";

// What a check reads lives until it ends. A young heap that grows in large steps isn't copied again and again meanwhile.
require("node:v8").setFlagsFromString("--semi-space-growth-factor=16");
require("./install.cjs");
require("./bundle.cjs").run("cli/check");
