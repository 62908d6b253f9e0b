import { copyFileSync, cpSync } from "node:fs";
import { dirname, join } from "node:path";
import { run, textOf, type Source } from "./tool";

/** How a package of a Go module is built. */
export interface GoBuild {
  /** The folder here with the go.mod and go.sum that pin it. */
  readonly module: string;
  readonly package: string;
  /** Files of the package, where it stands in that folder. */
  readonly files?: readonly string[];
  readonly tags?: string;
  /** Variables set by the linker: versions that a program would else not know of itself. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly minutes: number;
}

/** Whatever GOFLAGS says: what the checkout pins stays as it is. */
const neverChange = ["-mod=readonly"];

/** A program built from a Go module. */
export function goModule({ module, package: path, files = [], tags, variables = {}, minutes }: GoBuild): Source {
  const folder = join(__dirname, module);
  const linked = Object.entries(variables).map(([name, value]) => ` -X ${name}=${value}`);
  const flags = ["-trimpath", "-buildvcs=false", "-ldflags", `-s -w${linked.join("")}`];
  if (tags !== undefined) flags.push("-tags", tags);
  return {
    needs: ["go"],
    minutes,
    pins: () => [textOf(folder, "go.mod", "go.sum", ...files), path, ...flags].join("\n"),
    make: async (_item, output, signal) => {
      const args = ["build", ...neverChange, ...flags, "-o", output, path];
      await run("go", args, folder, { env: { CGO_ENABLED: "0" }, signal });
    },
  };
}

/**
 * Files of a Go module's sources, in a folder as they lie in the module.
 *
 * @param module the folder here with the go.mod and go.sum that pin it
 * @param members files and folders
 */
export function goSources(module: string, path: string, members: readonly string[]): Source {
  const folder = join(__dirname, module);
  return {
    needs: ["go"],
    minutes: 1,
    pins: () => [textOf(folder, "go.mod", "go.sum"), path, ...members].join("\n"),
    make: async (_item, output, signal) => {
      // Beside them, not in the checkout: the command may write both files.
      const aside = dirname(output);
      for (const file of ["go.mod", "go.sum"]) copyFileSync(join(folder, file), join(aside, file));
      const said = await run("go", ["mod", "download", "-json", path], aside, { signal });
      const { Dir: sources } = JSON.parse(said) as { Dir: string };
      // Go's cache is read-only; what is kept here is removed one day.
      for (const member of members) cpSync(join(sources, member), join(output, member), { recursive: true });
      await run("chmod", ["-R", "u+w", output], aside, { signal });
    },
  };
}

/** The version of a module that a go.mod here names. */
export function versionOf(module: string, path: string): string {
  const line = textOf(join(__dirname, module), "go.mod")
    .split("\n")
    .find((each) => each.trim().startsWith(`${path} v`));
  const version = line?.trim().split(" ")[1];
  if (version === undefined) throw new Error(`${module}/go.mod has no ${path}.`);
  return version.slice(1);
}
