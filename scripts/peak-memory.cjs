// Loaded before a program by the benchmark: writes the program's peak memory, in KiB, to the file PEAK_MEMORY names.
"use strict";

const { writeFileSync } = require("node:fs");

process.on("exit", () => writeFileSync(process.env.PEAK_MEMORY, String(process.resourceUsage().maxRSS)));
