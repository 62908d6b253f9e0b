/**
 * Writes what is generated: from the settings' schemas `stack.schema.json`, which editors complete stack files with, and
 * `docs/settings.md`, the reference; from the policies `docs/rules.md`. A test fails if they are not what this would write.
 *
 * Usage: npm run generate
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { rulesReference } from "./rules-reference";
import { settingsReference } from "./settings-reference";
import { stackSchema } from "./stack-schema";

const root = join(__dirname, "..");

writeFileSync(join(root, "stack.schema.json"), `${JSON.stringify(stackSchema(), null, 2)}\n`);
writeFileSync(join(root, "docs", "settings.md"), settingsReference());
writeFileSync(join(root, "docs", "rules.md"), rulesReference());
