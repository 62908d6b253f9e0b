import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Stack, StackFile } from "../../charts/stacks";
import { keySet } from "./tokens";

/** The stack file access.yaml, with the public key of the lab's own issuer. */
export const accessStackFile = readFileSync(join(__dirname, "..", "access.yaml"), "utf8").replace(
  "KEYS",
  `'${keySet}'`,
);

export const accessStack: Stack = {
  title: "a closed mesh",
  name: "dev",
  file: parse(accessStackFile) as StackFile,
};
