import { join } from "node:path";
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
    make: async (_tool, output) => {
      await run("go", ["build", ...flags, "-o", output, path], folder, { CGO_ENABLED: "0" });
    },
  };
}

/** The folder with the sources of a module that a go.mod here names. */
export async function moduleSources(module: string, path: string): Promise<string> {
  const folder = join(__dirname, module);
  await run("go", ["mod", "download", path], folder);
  return (await run("go", ["list", "-mod=mod", "-m", "-f", "{{.Dir}}", path], folder)).trim();
}
