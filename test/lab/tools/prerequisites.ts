import { spawnSync } from "node:child_process";
import { find, type Tool } from "./tool";

/** Programs that the lab doesn't make itself, and where they come from. */
const programs: Readonly<Record<string, string>> = {
  go: "install Go 1.26 or later, see https://go.dev/doc/install",
  python3: "install Python 3 with pip",
  unshare: "install util-linux (apt-get install util-linux)",
  ip: "install iproute2 (apt-get install iproute2)",
  iptables: "install iptables (apt-get install iptables)",
  mount: "install mount (apt-get install mount)",
  setpriv: "install util-linux (apt-get install util-linux)",
};

/** What gives the lab a network, processes and files of its own. */
const ofNamespaces = ["unshare", "setpriv", "ip", "mount"];

/**
 * What is missing for a run, a line each.
 *
 * @param tools what the run needs; those that exist already need nothing to make them
 * @param pods whether it runs pods, with Istio's redirect
 */
export function missing(tools: readonly Tool[], pods: boolean): string[] {
  const unmade = tools.filter((tool) => find(tool) === undefined);
  const needed = new Set([
    ...ofNamespaces,
    ...(pods ? ["iptables"] : []),
    ...unmade.flatMap(({ source }) => source.needs),
  ]);
  const lines = [...needed].filter((name) => !runs(name)).map((name) => `${name} is missing: ${programs[name] ?? ""}.`);
  if (process.platform !== "linux")
    return [`The lab needs Linux: its servers run in network namespaces. This is ${process.platform}.`];
  if (process.getuid?.() !== 0)
    lines.push("The lab needs root, for namespaces of its own: run it with sudo, or in a container.");
  else if (runs("unshare") && !namespaces())
    lines.push("This machine refuses namespaces to root: run the lab with CAP_SYS_ADMIN (docker run --privileged).");
  return lines;
}

function runs(program: string): boolean {
  return spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
}

function namespaces(): boolean {
  return spawnSync("unshare", ["--net", "--mount", "--pid", "--fork", "true"]).status === 0;
}
