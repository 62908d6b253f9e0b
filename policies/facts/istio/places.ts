import type { Inventory } from "../../engine/inventory";
import type { HelmRelease } from "../../engine/resource";
import { releases } from "../charts/releases";
import { KeyIndex } from "../key-index";
import { releaseNamespace } from "./gateway-chart";

/** Charts whose objects are known, or that make none that others refer to. */
const seenThrough: ReadonlySet<string> = new Set(["gateway", "base"]);

/** Whether a chart may make Services and pods in a namespace, unseen from here. */
export function isFilledByCharts(inventory: Inventory, namespace: string): boolean {
  const opaque = inventory.once(opaqueReleases);
  if (opaque.get(namespace).length > 0) return true;
  opaque.assertKnown();
  return false;
}

function opaqueReleases(inventory: Inventory): KeyIndex<HelmRelease> {
  return new KeyIndex(releases(inventory), (release) =>
    seenThrough.has(release.chart) ? [] : [releaseNamespace(release)],
  );
}
