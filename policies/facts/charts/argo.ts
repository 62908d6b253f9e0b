import type { KubernetesObject } from "../../engine/resource";
import { unknown, type Path } from "../../engine/value";
import { mapOf } from "../istio/parsed-yaml";
import { Draft, indexesAt, isUnknownAt, rawAt, textAt } from "./draft";
import { chartName } from "./repository";

/**
 * The releases that an Application of Argo CD describes, in the shape of Pulumi's: one for each source that is a chart.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/helm/
 */
export function argoReleases(application: KubernetesObject): Draft[] {
  const several = indexesAt(application, "spec", "sources").map((index): Path => ["spec", "sources", index]);
  if (isUnknownAt(application, "spec", "sources")) return [release(application, ["spec", "sources"], unknown)];
  const sources: readonly Path[] = several.length > 0 ? several : [["spec", "source"]];
  return sources.flatMap((source) => {
    const chart = rawAt(application, [...source, "chart"]);
    return chart === undefined ? [] : [release(application, source, chart)];
  });
}

function release(application: KubernetesObject, source: Path, chart: unknown): Draft {
  const helm = [...source, "helm"];
  const place = textAt(application, ...source, "repoURL");
  const draft = new Draft(application)
    .put(["chart"], typeof chart === "string" ? chartName(chart, place ?? "") : unknown, [...source, "chart"])
    .put(["name"], application.name, ["metadata", "name"])
    .take(["name"], [...helm, "releaseName"])
    .take(["namespace"], ["spec", "destination", "namespace"]);
  if (isUnknownAt(application, ...source, "repoURL")) draft.take(["chart"], [...source, "repoURL"]);
  putValues(draft, application, helm);
  return draft.hide([...helm, "valueFiles"]).hide([...helm, "fileParameters"]);
}

/** Parameters go before values, and an object before a text. */
function putValues(draft: Draft, application: KubernetesObject, helm: Path): void {
  const [object, text] = [rawAt(application, [...helm, "valuesObject"]), rawAt(application, [...helm, "values"])];
  if (object === undefined && text !== undefined) draft.put(["values"], valuesIn(text), [...helm, "values"]);
  else draft.put(["values"], object, [...helm, "valuesObject"]);
  const parameters = [...helm, "parameters"];
  if (isUnknownAt(application, ...parameters)) draft.put(["values"], unknown, parameters);
  for (const index of indexesAt(application, ...parameters)) putParameter(draft, application, [...parameters, index]);
}

/** What can't be read holds something all the same. */
function valuesIn(text: unknown): unknown {
  if (typeof text !== "string") return unknown;
  return text.trim() === "" ? undefined : mapOf(text);
}

/** One of Helm's `--set`: `service.annotations.a\.b/c`. */
function putParameter(draft: Draft, application: KubernetesObject, at: Path): void {
  const name = rawAt(application, [...at, "name"]);
  if (typeof name !== "string") {
    if (name !== undefined) draft.put(["values"], unknown, [...at, "name"]);
    return;
  }
  const keys = name.split(/(?<!\\)\./).map((key) => key.replaceAll("\\.", "."));
  const list = keys.findIndex((key) => key.includes("["));
  // Which entry of a list it is for matters less than that the list isn't known.
  if (list >= 0) draft.put(["values", ...keys.slice(0, list), keys[list]?.split("[")[0] ?? ""], unknown, at);
  else draft.put(["values", ...keys], parameterValue(application, at), at);
}

function parameterValue(application: KubernetesObject, at: Path): unknown {
  const value = rawAt(application, [...at, "value"]);
  const isForced = rawAt(application, [...at, "forceString"]) === true;
  if (typeof value !== "string") return value ?? "";
  if (isForced) return value;
  if (/^(true|false)$/.test(value)) return value === "true";
  if (/^(0|-?[1-9]\d*)$/.test(value)) return Number(value);
  return value.startsWith("{") ? unknown : value;
}
