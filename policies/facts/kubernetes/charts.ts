import type { Inventory } from "../../engine/inventory";
import type { HelmRelease, KubernetesObject } from "../../engine/resource";
import type { Check } from "../../engine/rule";
import type { Path, Value } from "../../engine/value";
import { hiddenReleases, releases, type Hidden } from "../charts/releases";

/** Charts whose values rules know. */
export type Chart = "istiod" | "gateway" | "base" | "cni" | "aws-load-balancer-controller";

/** Whether an object comes from one of these charts: rules judge its Release's values, which somebody can change. */
export function isJudgedByValues({ data }: KubernetesObject, inventory: Inventory): boolean {
  return data.release !== undefined && inventory.once(knownReleases).has(data.release);
}

function knownReleases(inventory: Inventory): ReadonlySet<string> {
  const known = releases(inventory).filter((release) => !release.get("chart").isUnknown && charts.has(release.chart));
  return new Set(known.map(({ label }) => label));
}

const charts: ReadonlySet<string> = new Set<Chart>([
  "istiod",
  "gateway",
  "base",
  "cni",
  "aws-load-balancer-controller",
]);

/**
 * Keys of old, below which these charts take all of their values, too: what stands there goes before the rest.
 *
 * @see https://github.com/istio/istio/blob/1.31.0/manifests/charts/istio-control/istio-discovery/templates/zzy_descope_legacy.yaml
 */
export const oldKeys: Readonly<Partial<Record<Chart, string>>> = { istiod: "pilot", cni: "cni" };

/** A chart's value, wherever it is written. */
export function valueOf(values: Value, chart: Chart, ...keys: Path): Value {
  const key = oldKeys[chart];
  const old = key === undefined ? undefined : values.get(key, ...keys);
  return old?.exists ? old : values.get(...keys);
}

/** What no rule can say of releases that other resources describe. */
export function unjudgedReleases(inventory: Inventory): readonly Hidden[] {
  return hiddenReleases(inventory, charts);
}

/** Judges each release of some charts. One whose values stand in files as well can't be judged. */
export function eachRelease(
  inventory: Inventory,
  check: Check,
  charts: readonly Chart[],
  judge: (release: HelmRelease, chart: Chart) => void,
): void {
  check.each(releases(inventory), (release) => {
    const chart = charts.find((one) => one === release.chart);
    if (chart === undefined) return;
    const files = release.get("valueYamlFiles");
    if (files.list().length > 0)
      check.undecided(release, `more of its values stand in ${files.path}, which can't be seen here`);
    else judge(release, chart);
  });
}
