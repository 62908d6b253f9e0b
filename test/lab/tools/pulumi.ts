import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { buildTool, type GoTool } from "./go-tool";

/** The Pulumi CLI that the lab builds. Newer ones of the same major version serve as well. */
export const pulumi: GoTool = {
  name: "pulumi",
  version: "3.250.0",
  module: join(__dirname, "pulumi"),
  package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
  // Without its version the Automation API refuses the executable.
  flags: ["-trimpath", "-ldflags", "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v3.250.0"],
  minutes: 3,
};

/** The folder with a Pulumi CLI: one on PATH that is new enough, or the lab's own. */
export async function pulumiFolder(say: (line: string) => void): Promise<string | undefined> {
  const { status, stdout } = spawnSync("pulumi", ["version"], { encoding: "utf8" });
  return status === 0 && serves(stdout.trim(), pulumi.version) ? undefined : buildTool(pulumi, say);
}

/** Whether a version, e.g. `v3.251.0-alpha.1`, has the major version of another, and is not older. */
export function serves(version: string, wanted: string): boolean {
  const [major = 0, minor = 0, patch = 0] = numbers(version);
  const [wantedMajor = 0, wantedMinor = 0, wantedPatch = 0] = numbers(wanted);
  return major === wantedMajor && (minor > wantedMinor || (minor === wantedMinor && patch >= wantedPatch));
}

function numbers(version: string): number[] {
  return (/^v?(\d+)\.(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number);
}
