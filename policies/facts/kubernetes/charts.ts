import type { Inventory } from "../../engine/inventory";
import type { HelmRelease, KubernetesObject } from "../../engine/resource";
import type { Check } from "../../engine/rule";

/** Charts whose values rules know. */
export type Chart = "istiod" | "gateway" | "base" | "cni" | "aws-load-balancer-controller";

/** Whether an object comes from one of these charts: rules judge its Release's values, which somebody can change. */
export function isJudgedByValues({ data }: KubernetesObject, inventory: Inventory): boolean {
  return data.release !== undefined && inventory.once(knownReleases).has(data.release);
}

function knownReleases({ releases }: Inventory): ReadonlySet<string> {
  const known = releases.filter((release) => !release.get("chart").isUnknown && charts.has(release.chart));
  return new Set(known.map(({ label }) => label));
}

const charts: ReadonlySet<string> = new Set<Chart>([
  "istiod",
  "gateway",
  "base",
  "cni",
  "aws-load-balancer-controller",
]);

/** Judges each release of some charts. One whose values stand in files as well can't be judged. */
export function eachRelease(
  inventory: Inventory,
  check: Check,
  charts: readonly Chart[],
  judge: (release: HelmRelease, chart: Chart) => void,
): void {
  check.each(inventory.releases, (release) => {
    const chart = charts.find((one) => one === release.chart);
    if (chart === undefined) return;
    if (release.get("valueYamlFiles").list().length > 0)
      check.undecided(release, "valueYamlFiles hold values that can't be seen here");
    else judge(release, chart);
  });
}
