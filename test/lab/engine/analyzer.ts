import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What runs a policy pack: Pulumi's own, out of its SDK for Node. */
const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");

/**
 * Installs the plugin with which an engine runs Node's policy packs. The CLI's distribution brings one that does the
 * same; it can't be built from Go modules.
 *
 * @param home the engine's PULUMI_HOME
 * @see https://github.com/pulumi/pulumi/blob/v3.250.0/sdk/go/common/resource/plugin/analyzer_plugin.go
 */
export function installAnalyzer(home: string): void {
  const folder = join(home, "plugins", "analyzer-policy-nodejs-v1.0.0");
  mkdirSync(folder, { recursive: true });
  const lines = ["#!/bin/sh", `exec '${process.execPath}' '${runner}' "$@"`, ""];
  writeFileSync(join(folder, "pulumi-analyzer-policy-nodejs"), lines.join("\n"), { mode: 0o755 });
}
