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
  /** A module that it takes a changed copy of. */
  readonly patched?: Patch;
  readonly tags?: string;
  /** Variables set by the linker: versions that a program would else not know of itself. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly minutes: number;
}

/** What is changed in a copy of a module. Paths are the module's. */
export interface Patch {
  readonly module: string;
  /** Files that stand in place of its own, and what they are called here. */
  readonly replaced: Readonly<Record<string, string>>;
  /** Files that it lacks, and those of its own that they are copies of. */
  readonly copied: Readonly<Record<string, string>>;
}

/** Whatever GOFLAGS says: what the checkout pins stays as it is. */
const neverChange = ["-mod=readonly"];

/** A program built from a Go module. */
export function goModule({
  module,
  package: path,
  files = [],
  patched,
  tags,
  variables = {},
  minutes,
}: GoBuild): Source {
  const folder = join(__dirname, module);
  const linked = Object.entries(variables).map(([name, value]) => ` -X ${name}=${value}`);
  const flags = ["-trimpath", "-buildvcs=false", "-ldflags", `-s -w${linked.join("")}`];
  if (tags !== undefined) flags.push("-tags", tags);
  return {
    needs: ["go"],
    minutes,
    pins: () =>
      [
        textOf(folder, "go.mod", "go.sum", ...files),
        ...(patched ? [JSON.stringify(patched)] : []),
        path,
        ...flags,
      ].join("\n"),
    make: async (_item, output, signal) => {
      const place = patched ? await withPatch(folder, patched, dirname(output), signal) : folder;
      const args = ["build", ...neverChange, ...flags, "-o", output, path];
      await run("go", args, place, { env: { CGO_ENABLED: "0" }, signal });
    },
  };
}

/** A copy of a folder here, whose go.mod takes a changed copy of a module beside it. */
async function withPatch(
  folder: string,
  { module, replaced, copied }: Patch,
  aside: string,
  signal?: AbortSignal,
): Promise<string> {
  for (const file of ["go.mod", "go.sum"]) copyFileSync(join(folder, file), join(aside, file));
  const copy = join(aside, "patched");
  cpSync(await download(module, aside, signal), copy, { recursive: true });
  // Go's cache is read-only.
  await run("chmod", ["-R", "u+w", copy], aside, { signal });
  for (const [file, own] of Object.entries(replaced)) copyFileSync(join(folder, own), join(copy, file));
  for (const [file, original] of Object.entries(copied)) copyFileSync(join(copy, original), join(copy, file));
  await run("go", ["mod", "edit", "-replace", `${module}=./patched`], aside, { signal });
  return aside;
}

/** The folder of a module's sources, as a go.mod pins it. */
async function download(module: string, folder: string, signal?: AbortSignal): Promise<string> {
  const said = await run("go", ["mod", "download", "-json", module], folder, { signal });
  return (JSON.parse(said) as { Dir: string }).Dir;
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
      const sources = await download(path, aside, signal);
      // Go's cache is read-only; what is kept here is removed one day.
      for (const member of members) cpSync(join(sources, member), join(output, member), { recursive: true });
      await run("chmod", ["-R", "u+w", output], aside, { signal });
    },
  };
}

/** The version of a module that a go.mod here names. */
export function versionOf(module: string, path: string): string {
  const version = textOf(join(__dirname, module), "go.mod")
    .split("\n")
    .map((line) => line.trim().replace(/^require /, ""))
    .find((line) => line.startsWith(`${path} v`))
    ?.split(" ")[1];
  if (version === undefined) throw new Error(`${module}/go.mod has no ${path}.`);
  return version.slice(1);
}
