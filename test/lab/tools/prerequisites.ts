import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { find, type Item } from "./tool";

/** A program that the lab doesn't make itself. */
interface Program {
  /** Where it comes from. */
  readonly from: string;
  /** What is wrong with the one on PATH, if anything. */
  readonly wrong?: () => string | undefined;
}

const utilLinux: Program = { from: "install util-linux (apt-get install util-linux)" };

const programs: Readonly<Record<string, Program>> = {
  go: { from: "install Go 1.26 or later, see https://go.dev/doc/install", wrong: oldGo },
  python3: { from: "install Python 3 with pip (apt-get install python3-pip)", wrong: noPip },
  unshare: utilLinux,
  setpriv: utilLinux,
  ip: { from: "install iproute2 (apt-get install iproute2)" },
  iptables: { from: "install iptables (apt-get install iptables)" },
  mount: { from: "install mount (apt-get install mount)" },
  openssl: { from: "install openssl (apt-get install openssl)" },
};

/** What gives the lab a network, processes and files of its own. */
const ofNamespaces = ["unshare", "setpriv", "ip", "mount"];

/**
 * What is missing for a run, a line each.
 *
 * @param items what the run needs; those that exist already need nothing to make them
 * @param further programs that it takes beside those of every run
 */
export function missing(items: readonly Item[], further: readonly string[]): string[] {
  if (process.platform !== "linux")
    return [`The lab needs Linux: its servers run in network namespaces. This is ${process.platform}.`];
  const unmade = items.filter((item) => find(item) === undefined);
  const needed = new Set([...ofNamespaces, ...further, ...unmade.flatMap(({ source }) => source.needs)]);
  const lines = [...needed].flatMap((name) => complaint(name) ?? []);
  if (process.getuid?.() !== 0)
    lines.push("The lab needs root, for namespaces of its own: run it with sudo, or in a container.");
  else if (onPath("unshare") && !namespaces())
    lines.push("This machine refuses namespaces to root: run the lab with CAP_SYS_ADMIN (docker run --privileged).");
  return lines;
}

function complaint(name: string): string | undefined {
  const { from = "", wrong } = programs[name] ?? {};
  const said = onPath(name) ? wrong?.() : `${name} is missing`;
  return said === undefined ? undefined : `${said}: ${from}.`;
}

function onPath(program: string): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function oldGo(): string | undefined {
  const said = spawnSync("go", ["version"], { encoding: "utf8" }).stdout;
  const [, version = "of an unknown version", major, minor] = /\bgo((\d+)\.(\d+)\S*)/.exec(said) ?? [];
  return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 26) ? undefined : `go is ${version}`;
}

function noPip(): string | undefined {
  return spawnSync("python3", ["-m", "pip", "--version"]).status === 0 ? undefined : "python3 has no pip";
}

function namespaces(): boolean {
  return spawnSync("unshare", ["--net", "--mount", "--pid", "--fork", "true"]).status === 0;
}
