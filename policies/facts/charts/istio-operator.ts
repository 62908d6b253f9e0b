import type { KubernetesObject } from "../../engine/resource";
import { unknown, type Path } from "../../engine/value";
import { Draft, indexesAt, isUnknownAt, rawAt } from "./draft";

/**
 * The releases that an IstioOperator describes, in the shape of Pulumi's: istiod, and each gateway that it lists as one of
 * the chart gateway.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.operator.v1alpha1/
 * @see https://github.com/istio/istio/blob/1.31.0/operator/pkg/render/manifest.go
 */
export function operatorReleases(operator: KubernetesObject): Draft[] {
  const gateways = (["ingressGateways", "egressGateways"] as const).flatMap((list) => {
    const at = [...components, list];
    if (isUnknownAt(operator, ...at)) return gateway(operator, list, at);
    return indexesAt(operator, ...at).flatMap((index) => gateway(operator, list, [...at, index]));
  });
  return [...istiod(operator), ...gateways];
}

/** Parts of an IstioOperator that have no equal among a chart's values, or none that a rule judges. */
export function unmapped(operator: KubernetesObject): string[] {
  const own = keysAt(operator, components).filter((name) => !mappedComponents.has(name));
  const lists = ["ingressGateways", "egressGateways"].flatMap((list) =>
    indexesAt(operator, ...components, list).map((index): Path => [...components, list, index, "k8s"]),
  );
  const fields = [[...components, "pilot", "k8s"], ...lists].flatMap((at) => keysAt(operator, at));
  return [...new Set([...own, ...fields.filter((field) => !mappedFields.has(field)).map((field) => `k8s.${field}`)])];
}

const components = ["spec", "components"] as const;
const mappedComponents: ReadonlySet<string> = new Set(["base", "pilot", "ingressGateways", "egressGateways"]);
const mappedFields: ReadonlySet<string> = new Set([
  "env",
  "hpaSpec",
  "podAnnotations",
  "podDisruptionBudget",
  "replicaCount",
  "resources",
  "service",
  "serviceAnnotations",
]);

/** Values that are another chart's, or that stand elsewhere in the chart's own. */
const notIstiods: ReadonlySet<string> = new Set([
  "cni",
  "defaultRevision",
  "gateways",
  "istio_cni",
  "meshConfig",
  "pilot",
  "ztunnel",
]);

function istiod(operator: KubernetesObject): Draft[] {
  const pilot = [...components, "pilot"];
  const enabled = rawAt(operator, [...pilot, "enabled"]);
  const profile = rawAt(operator, ["spec", "profile"]);
  // A remote cluster has istiod's webhooks only.
  if (profile === "remote" || (enabled === undefined ? profile === "empty" : enabled === false)) return [];
  const draft = begun(operator, "istiod", enabled === unknown ? [...pilot, "enabled"] : undefined)
    .put(["name"], "istiod", ["metadata", "name"])
    .take(["values"], ["spec", "values", "pilot"]);
  for (const key of keysAt(operator, ["spec", "values"]))
    if (!notIstiods.has(key)) draft.take(["values", key], ["spec", "values", key]);
  draft
    .take(["values", "meshConfig"], ["spec", "meshConfig"])
    .take(["values", "meshConfig"], ["spec", "values", "meshConfig"])
    .take(["values", "revision"], ["spec", "revision"])
    .take(["values", "autoscaleMin"], [...pilot, "k8s", "hpaSpec", "minReplicas"])
    .take(["values", "replicaCount"], [...pilot, "k8s", "replicaCount"])
    .take(["values", "resources"], [...pilot, "k8s", "resources"]);
  putEnvironment(draft, operator, [...pilot, "k8s", "env"]);
  // Overlays change what the chart makes, in any way.
  return [draft.hide([...pilot, "k8s", "overlays"])];
}

const chartNames = { ingressGateways: "istio-ingressgateway", egressGateways: "istio-egressgateway" } as const;

/** What these charts give themselves, where the chart gateway has something else. */
const ownPorts = [
  { name: "status-port", port: 15021, targetPort: 15021, protocol: "TCP" },
  { name: "http2", port: 80, targetPort: 8080, protocol: "TCP" },
  { name: "https", port: 443, targetPort: 8443, protocol: "TCP" },
];

function gateway(operator: KubernetesObject, list: keyof typeof chartNames, at: Path): Draft[] {
  const enabled = rawAt(operator, [...at, "enabled"]);
  if (enabled === false) return [];
  const chart = chartNames[list];
  const own = ["spec", "values", "gateways", chart];
  const k8s = [...at, "k8s"];
  const draft = begun(operator, "gateway", enabled === unknown ? [...at, "enabled"] : undefined)
    .take(["namespace"], [...at, "namespace"])
    .put(["name"], chart, [...at, "name"])
    .take(["name"], [...at, "name"])
    .put(["values"], {}, k8s)
    .put(["values", "labels"], { app: chart, istio: chart.replace("istio-", "") }, [...at, "label"])
    .take(["values", "labels"], [...at, "label"])
    .put(["values", "service", "type"], list === "egressGateways" ? "ClusterIP" : undefined, [
      ...k8s,
      "service",
      "type",
    ])
    .put(["values", "service", "ports"], ownPorts, [...k8s, "service", "ports"])
    .take(["values", "service", "annotations"], [...k8s, "serviceAnnotations"])
    .take(["values", "service", "annotations"], [...own, "serviceAnnotations"])
    .take(["values", "service", "annotations"], [...k8s, "serviceAnnotations"])
    .take(["values", "autoscaling", "minReplicas"], [...k8s, "hpaSpec", "minReplicas"])
    .take(["values", "autoscaling", "minReplicas"], [...own, "autoscaleMin"])
    .take(["values", "autoscaling", "minReplicas"], [...k8s, "hpaSpec", "minReplicas"])
    .take(["values", "autoscaling", "enabled"], [...own, "autoscaleEnabled"]);
  for (const key of ["type", "ports"]) draft.take(["values", "service", key], [...own, key]);
  draft.take(["values", "service"], [...k8s, "service"]);
  for (const key of ["podAnnotations", "replicaCount", "resources"])
    draft
      .take(["values", key], [...k8s, key])
      .take(["values", key], [...own, key])
      .take(["values", key], [...k8s, key]);
  const budget = ["spec", "values", "global", "defaultPodDisruptionBudget"];
  if (rawAt(operator, [...budget, "enabled"]) !== false)
    draft.put(["values", "podDisruptionBudget"], { minAvailable: 1 }, budget);
  putEnvironment(draft, operator, [...k8s, "env"]);
  return [draft.hide([...k8s, "overlays"])];
}

/** @param doubt where it is unknown whether it is installed at all */
function begun(operator: KubernetesObject, chart: string, doubt: Path | undefined): Draft {
  return new Draft(operator)
    .put(["chart"], doubt ? unknown : chart, doubt ?? ["spec"])
    .put(["namespace"], "istio-system", ["metadata", "namespace"])
    .take(["namespace"], ["metadata", "namespace"]);
}

/** A container's list of variables as the charts' map of them. */
function putEnvironment(draft: Draft, operator: KubernetesObject, at: Path): void {
  if (isUnknownAt(operator, ...at)) draft.put(["values", "env"], unknown, at);
  for (const index of indexesAt(operator, ...at)) {
    const name = rawAt(operator, [...at, index, "name"]);
    const value = rawAt(operator, [...at, index, "value"]);
    if (typeof name === "string") draft.put(["values", "env", name], value ?? unknown, [...at, index, "value"]);
  }
}

function keysAt(operator: KubernetesObject, path: Path): string[] {
  const raw = rawAt(operator, path);
  return typeof raw === "object" && raw !== null && !Array.isArray(raw) ? Object.keys(raw) : [];
}
