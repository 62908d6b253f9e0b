// Runs the plan: `npm start`. Plain JavaScript, so that it works on a fresh clone.
"use strict";

require("./install.cjs");
require("./bundle.cjs").run("cli/plan");
