import type { Inventory } from "../../inventory";
import type { PodTemplate } from "../../pods";
import { KubernetesObject } from "../../resource";
import { isIstio } from "../../schemas/schema";

/** What a namespace's labels say about sidecars. */
export type NamespaceInjection = "on" | "off" | "ambient" | "unlabelled";

/** What Istio's webhooks make of a namespace's labels. @see https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/ */
export function namespaceInjection(namespace: KubernetesObject): NamespaceInjection {
  const injection = namespace.labels.get("istio-injection").text();
  if (injection !== undefined) return injection === "enabled" ? "on" : "off";
  if (namespace.labels.get("istio.io/rev").text()) return "on";
  return namespace.labels.get("istio.io/dataplane-mode").text() === "ambient" ? "ambient" : "unlabelled";
}

/**
 * Whether pods get a sidecar; undefined where a namespace that isn't here decides.
 *
 * A webhook chooses by labels alone: an annotation can only take a sidecar away, and a namespace that is off stays off.
 */
export function isInjected({ resource, template }: PodTemplate, inventory: Inventory): boolean | undefined {
  if (template.get("spec", "hostNetwork").boolean() === true || resource.namespace === "kube-system") return false;
  const own = template.get("metadata", "labels", "sidecar.istio.io/inject").text();
  const annotation = template.get("metadata", "annotations", "sidecar.istio.io/inject").text();
  if ((own ?? annotation) === "false") return false;
  const asks = own === "true" || Boolean(template.get("metadata", "labels", "istio.io/rev").text());
  const namespace = inventory.find("Namespace", "default", resource.namespace ?? "");
  if (!namespace) return asks ? true : undefined;
  const state = namespaceInjection(namespace);
  if (asks) return state !== "off";
  return state === "on" || (state === "unlabelled" && isInjectedByDefault(inventory));
}

/** Namespaces that Istio itself passes over. */
export const systemNamespaces: ReadonlySet<string> = new Set([
  "istio-system",
  "kube-system",
  "kube-public",
  "kube-node-lease",
  "local-path-storage",
]);

/** Whether namespaces without a label are injected. */
export function isInjectedByDefault(inventory: Inventory): boolean {
  return inventory.releases.some(
    (release) =>
      release.chart === "istiod" &&
      release.values.get("sidecarInjectorWebhook", "enableNamespacesByDefault").boolean() === true,
  );
}

/** Whether there is a mesh at all: Istio itself, or an object of its. */
export function hasMesh(inventory: Inventory): boolean {
  return inventory.once(meshHere);
}

function meshHere({ releases, resources }: Inventory): boolean {
  const isIstiod = (chart: unknown) => typeof chart === "string" && chart.split("/").at(-1) === "istiod";
  return (
    releases.some(({ data }) => isIstiod(data.properties.chart)) ||
    resources.some((one) => one instanceof KubernetesObject && isIstio(one.group))
  );
}

/** Whether the whole mesh refuses callers without a sidecar. */
export function isStrict(inventory: Inventory): boolean {
  return inventory
    .inNamespace("PeerAuthentication", rootNamespace)
    .some((policy) => !policy.get("spec", "selector").exists && policy.get("spec", "mtls", "mode").text() === "STRICT");
}

const rootNamespace = "istio-system";
