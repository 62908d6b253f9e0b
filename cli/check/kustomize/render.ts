import { spawnSync } from "node:child_process";
import { fromYaml, type Unreadable } from "../../../policies/sources/yaml";
import type { ResourceData } from "../../../policies/engine/resource";
import type { Build } from "./build";

/** What a tool made of a kustomization, or why it didn't. */
interface Rendering {
  readonly resources: readonly ResourceData[];
  readonly errors: readonly Unreadable[];
}

/** Tools that render a folder, in the order in which they are tried. */
const tools = [
  ["kustomize", "build"],
  ["kubectl", "kustomize"],
] as const;

/**
 * Asks kustomize, or else kubectl, what a kustomization makes. Never of files that are somewhere else: the verdict would
 * be about whatever stands there at this moment.
 *
 * @param shown how to call the folder
 */
export function render(folder: string, { remote }: Pick<Build, "remote">, shown: string): Rendering {
  const refused = (reason: string) => ({ resources: [], errors: [{ place: shown, reason }] });
  if (remote.length > 0)
    return refused(
      `isn't rendered: it takes ${remote.join(", ")} from a network. Put a copy beside it, and list that.`,
    );
  for (const [tool, command] of tools) {
    const { error, status, stdout, stderr } = spawnSync(tool, [command, folder], {
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      timeout: 60_000,
    });
    if (error && "code" in error && error.code === "ENOENT") continue;
    if (error) return refused(`can't be rendered: ${error.message}`);
    if (status !== 0) return refused(`can't be rendered: ${lastLine(stderr)}`);
    const { resources, errors } = fromYaml(stdout, `${shown} (rendered)`);
    return { resources: resources.map((one) => ({ ...one, origin: `${shown}/` })), errors };
  }
  return refused("can't be rendered: neither kustomize nor kubectl is on PATH.");
}

function lastLine(text: string): string {
  return (text.trim().split("\n").at(-1) ?? "").replace(/^error: /i, "");
}
