import type { Inventory } from "../../engine/inventory";
import type { HelmRelease } from "../../engine/resource";
import { KeyIndex } from "../key-index";
import { releaseNamespace } from "./gateway-chart";

/** Charts whose objects are known, or that make none that others refer to. */
const seenThrough: ReadonlySet<string> = new Set(["gateway", "base"]);

/** Whether a chart may make Services and pods in a namespace, unseen from here. */
export function isFilledByCharts(inventory: Inventory, namespace: string): boolean {
  const releases = inventory.once(opaqueReleases);
  if (releases.get(namespace).length > 0) return true;
  releases.assertKnown();
  return false;
}

function opaqueReleases({ releases }: Inventory): KeyIndex<HelmRelease> {
  return new KeyIndex(releases, (release) => (seenThrough.has(release.chart) ? [] : [releaseNamespace(release)]));
}
