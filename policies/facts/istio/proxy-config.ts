import type { Inventory } from "../../engine/inventory";
import type { Properties } from "../../engine/value";
import { controlPlanes } from "./mesh";
import { parsedYaml } from "./parsed-yaml";
import type { Workload } from "../kubernetes/workload";

/** The configuration that a gateway's proxy gets, and whether all of it can be seen. */
interface ProxyConfig {
  /** From the pods' annotation, or from the mesh's default where that says nothing. */
  get(...path: readonly string[]): unknown;
  /** False where istiod isn't in the stack, so that the mesh's default is anybody's guess. */
  readonly isWhole: boolean;
}

/** The configuration of pods' proxies. Throws if it is unknown. */
export function proxyConfigOf(pods: Workload, inventory: Inventory): ProxyConfig {
  return inventory.memo(pods, read);
}

function read(pods: Workload, inventory: Inventory): ProxyConfig {
  const own = parsedYaml(pods.annotations.get("proxy.istio.io/config").text());
  const planes = controlPlanes(inventory);
  const defaults = planes.map(({ config }) => config.get("defaultConfig"));
  return {
    get: (...path) =>
      at(own, path) ?? defaults.map((value) => value.get(...path).plain()).find((one) => one !== undefined),
    isWhole: planes.length > 0,
  };
}

function at(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const key of path)
    found =
      typeof found === "object" && found !== null && Object.hasOwn(found, key) ? (found as Properties)[key] : undefined;
  return found ?? undefined;
}

/** A duration of Istio's in seconds, e.g. `1m30s`; undefined if it is none. */
export function seconds(duration: unknown): number | undefined {
  if (typeof duration !== "string" || !/^(\d+(\.\d+)?(h|m|s|ms))+$/.test(duration)) return undefined;
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };
  return [...duration.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)].reduce(
    (sum, [, count, unit = ""]) => sum + Number(count) * (units[unit] ?? 0),
    0,
  );
}
