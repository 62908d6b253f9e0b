import type { HelmRelease } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import { nearestOf } from "../../../schemas/mistakes";
import { istioTables, type Keys } from "../../../schemas/tables";
import type { Value } from "../../../engine/value";
import { eachRelease, oldKeys, type Chart } from "../../../facts/kubernetes/charts";

/** Values of Istio's charts that have no schema are ones that they read. */
export const chartValues: Rule = {
  id: "IST-CHART-VALUES",
  severity: "mandatory",
  title: "values of Istio's charts are ones that they read",
  why: "The charts istiod, base and cni take any key and pass over what they don't know, so that a typo leaves the default in place.",
  fix: "Write the key as the chart's values.yaml has it.",
  codes: [],
  docs: "https://istio.io/latest/docs/setup/install/helm/",

  judge: (inventory, check) =>
    eachRelease(inventory, check, ["istiod", "base", "cni"], (release, chart) => {
      const { values, meshConfig, proxyConfig, deprecated } = istioTables();
      const mesh = release.values.get("meshConfig");
      const known = values[chart as keyof typeof values];
      judgeKeys(release.values, known, chart, check);
      check.each([mesh], () => judgeFields(mesh, meshConfig, "MeshConfig", check));
      check.each([mesh.get("defaultConfig")], (config) => judgeFields(config, proxyConfig, "ProxyConfig", check));
      if (chart === "istiod") judgeOld(release, deprecated, check);
    }),
};

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

function judgeFields(value: Value, known: readonly string[], message: string, check: Check): void {
  check.each(value.entries(), ([key, inner]) => {
    if (known.includes(key)) return;
    const nearest = nearestOf(key, known);
    check.violation(inner, {
      message: `${inner.path}: ${message} has no field ${key}: istiod passes over it.`,
      fix: nearest === undefined ? "Look it up in Istio's reference, or take it out." : `Did you mean ${nearest}?`,
    });
  });
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
