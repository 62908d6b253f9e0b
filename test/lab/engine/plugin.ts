import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { packages } from "./packages";

/** The real provider of Kubernetes, in place of its stand-in. */
export interface RealProvider {
  readonly executable: string;
  /** Of the cluster that it works with: what `eks.Cluster` hands out. */
  readonly kubeconfig: string;
  /** Variables that it takes. */
  readonly env: Readonly<Record<string, string>>;
}

/** Installs the provider where an engine with this PULUMI_HOME looks for it: under the version of its npm package. */
export function installPlugin(home: string, { executable }: RealProvider): void {
  const folder = join(home, "plugins", `resource-kubernetes-v${packages.kubernetes}`);
  mkdirSync(folder, { recursive: true });
  symlinkSync(executable, join(folder, "pulumi-resource-kubernetes"));
}

/** Kills the plugins of an engine that was killed. Each is in a process group of its own, and would go on. */
export function killPlugins(home: string): void {
  for (const id of readdirSync("/proc").filter((each) => /^\d+$/.test(each))) {
    try {
      const command = readFileSync(`/proc/${id}/cmdline`, "utf8");
      if (command.startsWith(join(home, "plugins"))) process.kill(Number(id), "SIGKILL");
    } catch (error) {
      // It ended meanwhile.
      if (!["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    }
  }
}
