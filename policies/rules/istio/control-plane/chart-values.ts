import type { HelmRelease, KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import { readMessage } from "../../../istiod/mesh-config";
import { nearestOf } from "../../../schemas/mistakes";
import { istioTables, type Keys } from "../../../schemas/tables";
import type { Value } from "../../../engine/value";
import { meshConfigMaps } from "../../../facts/istio/control-planes";
import { mapIn } from "../../../facts/istio/parsed-yaml";
import { eachRelease, isJudgedByValues, oldKeys, type Chart } from "../../../facts/kubernetes/charts";

/** Values of Istio's charts that have no schema are ones that they read. */
export const chartValues: Rule = {
  id: "IST-CHART-VALUES",
  severity: "mandatory",
  title: "values of Istio's charts are ones that they read, and istiod can read the mesh's configuration",
  why: "The charts istiod, base and cni take any key and pass over what they don't know, so that a typo leaves the default in place, and with one wrong value istiod drops the mesh's whole configuration.",
  fix: "Write the key as the chart's values.yaml has it, and MeshConfig's values as Istio's reference does.",
  codes: [],
  docs: "https://istio.io/latest/docs/setup/install/helm/",

  judge: (inventory, check) => {
    eachRelease(inventory, check, ["istiod", "base", "cni"], (release, chart) => {
      const { values, deprecated } = istioTables();
      const known = values[chart as keyof typeof values];
      judgeKeys(release.values, known, chart, check);
      judgeMesh(release.values.get("meshConfig"), check);
      if (chart === "istiod") judgeOld(release, deprecated, check);
    });
    // What the chart makes of its values is judged by these.
    const { maps, unknowns } = meshConfigMaps(inventory);
    const isOwn = (map: KubernetesObject) => !isJudgedByValues(map, inventory);
    check.each(maps.filter(isOwn), (map) => judgeMesh(mapIn(map.get("data"), "mesh"), check));
    check.each(unknowns, (value) => value.text());
  },
};

/** The mesh's configuration, wherever it is written. */
function judgeMesh(mesh: Value, check: Check): void {
  check.each([mesh], () => {
    readMessage(mesh, "MeshConfig", check, (at, what, fix, severity) => {
      check.violation(at, { message: `${at.path}: ${what}.`, fix, ...(severity && { severity }) });
    });
  });
}

function judgeKeys(value: Value, known: Keys, chart: Chart, check: Check): void {
  const names = Object.keys(known);
  check.each(value.entries(), ([key, inner]) => {
    const below = Object.hasOwn(known, key) ? known[key] : undefined;
    if (below) {
      // Istio's own fields are judged as such.
      if (!isOwn(inner, "meshConfig") && Object.keys(below).length > 0)
        check.each([inner], () => judgeKeys(inner, below, chart, check));
      return;
    }
    if (!inner.isUnknown && !inner.exists) return;
    if (isOwn(inner, oldKeys[chart] ?? "")) {
      check.each([inner], () => judgeKeys(inner, known, chart, check));
      return;
    }
    const nearest = nearestOf(key, names);
    // Deeper down, templates may read more than the chart's own values show.
    if (nearest === undefined && value.keys.length > 1) return;
    check.violation(inner, {
      message: `${inner.path} is nothing that the chart ${chart} reads: it does nothing, and nobody says so.`,
      fix: suggestion(key, nearest),
    });
  });
}

/** Whether it is one of the values' own keys. */
function isOwn({ keys }: Value, key: string): boolean {
  return keys.length === 2 && keys[1] === key;
}

function suggestion(key: string, nearest: string | undefined): string {
  if (["defaults", "_internal_defaults_do_not_set"].includes(key)) return `Write what is below ${key} one level up.`;
  return nearest === undefined ? "Look it up in the chart's values.yaml, or take it out." : `Did you mean ${nearest}?`;
}

function judgeOld(release: HelmRelease, deprecated: Readonly<Record<string, string>>, check: Check): void {
  check.each(Object.entries(deprecated), ([old, now]) => {
    const value = release.values.get(...old.split("."));
    check.each([value], () => {
      if (!value.exists) return;
      check.violation(value, {
        message: `${value.path} is deprecated.`,
        fix: `Use ${now}.`,
        severity: "advisory",
      });
    });
  });
}
