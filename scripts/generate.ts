/**
 * Writes what is generated: from the settings' schemas `stack.schema.json` and `apps.schema.json`, which editors complete
 * stack files and files of applications with, and `docs/settings.md`, the reference; from the policies `docs/rules.md`. A test fails if they are not what this would write.
 * From AWS' own models, which pip downloads once, `test/aws/models.json` and the instance types that settings may name.
 *
 * Usage: npm run generate
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { actionsOf, stacks, statementsOf } from "../test/aws/stacks";
import { awsModels, instanceTypes } from "./aws-models";
import { rulesReference } from "./rules-reference";
import { settingsReference } from "./settings-reference";
import { appsSchema, stackSchema } from "./stack-schema";

const root = join(__dirname, "..");

writeFileSync(join(root, "stack.schema.json"), `${JSON.stringify(stackSchema(), null, 2)}\n`);
writeFileSync(join(root, "apps.schema.json"), `${JSON.stringify(appsSchema(), null, 2)}\n`);
writeFileSync(join(root, "docs", "settings.md"), settingsReference());
writeFileSync(join(root, "docs", "rules.md"), rulesReference());

/** Without a network the rest is written all the same. */
async function writeModels(): Promise<void> {
  const statements = [];
  for (const stack of ["Pulumi.dev.yaml", "a stack with everything"])
    statements.push(...statementsOf((await stacks[stack]?.()) ?? []));
  const text = JSON.stringify(awsModels(actionsOf(statements)), null, 1);
  writeFileSync(join(root, "test", "aws", "models.json"), `${text}\n`);
  const types = JSON.stringify(instanceTypes(), null, 1);
  writeFileSync(join(root, "components", "settings", "cluster", "instance-types.json"), `${types}\n`);
}

writeModels().catch((error: unknown) => {
  console.error(`What is from AWS stays as it is: ${String(error)}`);
  process.exitCode = 1;
});
