// Loaded by mocha, which waits for it for ever: with a process of its own, a network namespace, and a file.
import { execFileSync, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

execFileSync("ip", ["netns", "add", "endless"]);
spawn("sleep", [process.env.ENDLESS], { detached: true, stdio: "ignore" });
writeFileSync(join(tmpdir(), "file"), "");
process.stdout.write("endless\n");
// A timer keeps the process.
await new Promise(() => setInterval(() => undefined, 1000));
