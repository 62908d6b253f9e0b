import type { Inventory } from "../../engine/inventory";
import type { HelmRelease } from "../../engine/resource";
import { Sorted } from "./sorted";

/** Charts whose objects are known, or that make none that others refer to. */
const seenThrough: ReadonlySet<string> = new Set(["gateway", "base"]);

/** Whether a chart may make Services and pods in a namespace, unseen from here. */
export function isFilledByCharts(inventory: Inventory, namespace: string): boolean {
  const releases = inventory.once(opaqueReleases);
  if (releases.get(namespace).length > 0) return true;
  releases.settle();
  return false;
}

function opaqueReleases({ releases }: Inventory): Sorted<HelmRelease> {
  return new Sorted(releases, (release) =>
    seenThrough.has(release.chart) ? [] : [release.get("namespace").text() ?? "default"],
  );
}
