import type { Inventory } from "../../engine/inventory";
import { containersOf, isProxy } from "../kubernetes/pods";
import { isFromTemplate, type PodTemplate, type Workload } from "../kubernetes/workload";
import { isInjectedByDefault } from "./mesh";
import type { KubernetesObject } from "../../engine/resource";

/** What a namespace's labels say about sidecars. */
type NamespaceInjection = "on" | "off" | "ambient" | "unlabelled";

const dataPlane = "istio.io/dataplane-mode";

/** What Istio's webhooks make of a namespace's labels. @see https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/ */
export function namespaceInjection(namespace: KubernetesObject): NamespaceInjection {
  const injection = namespace.labels.get("istio-injection").text();
  if (injection !== undefined) return injection === "enabled" ? "on" : "off";
  // An empty revision is none's, and keeps the webhooks away that ask for no label.
  const revision = namespace.labels.get("istio.io/rev").text();
  if (revision !== undefined) return revision === "" ? "off" : "on";
  return namespace.labels.get(dataPlane).text() === "ambient" ? "ambient" : "unlabelled";
}

/**
 * Whether a workload has a proxy: a gateway's own, a machine's, or one from Istio's webhook or by hand. Undefined where a
 * namespace that isn't here decides, and in ambient mode, where the node's proxy stands in for some of it.
 */
export function hasProxy(workload: Workload, inventory: Inventory): boolean | undefined {
  if (workload.isGateway || !isFromTemplate(workload)) return true;
  const own = hasSidecar(workload, inventory);
  return own === false && isAmbient(workload, inventory) ? undefined : own;
}

function hasSidecar(pods: PodTemplate, inventory: Inventory): boolean | undefined {
  return containersOf(pods).some(isProxy) || isInjected(pods, inventory);
}

/**
 * Whether a workload is in ambient mode: it has no sidecar, and its node's proxy encrypts and lets in by identity.
 *
 * @see https://istio.io/latest/docs/ambient/usage/add-workloads/
 */
export function isAmbient(workload: Workload, inventory: Inventory): boolean {
  if (!isFromTemplate(workload) || workload.isGateway) return false;
  const { template } = workload;
  if (template.get("metadata", "annotations", "ambient.istio.io/redirection").text() === "enabled") return true;
  if (template.get("spec", "hostNetwork").boolean() === true) return false;
  const mode = workload.label(dataPlane);
  if (mode !== undefined) return mode === "ambient";
  if (hasSidecar(workload, inventory) === true) return false;
  const namespace = inventory.find("Namespace", "default", workload.knownNamespace);
  return namespace?.labels.get(dataPlane).text() === "ambient";
}

/**
 * Whether Istio's webhook gives pods a sidecar; undefined where a namespace that isn't here decides.
 *
 * A webhook chooses by labels alone: an annotation can only take a sidecar away, and a namespace that is off stays off.
 */
export function isInjected(pods: PodTemplate, inventory: Inventory): boolean | undefined {
  const { template } = pods;
  if (template.get("spec", "hostNetwork").boolean() === true) return false;
  const own = template.get("metadata", "labels", "sidecar.istio.io/inject").text();
  const annotation = template.get("metadata", "annotations", "sidecar.istio.io/inject").text();
  if ((own ?? annotation) === "false") return false;
  const namespace = pods.knownNamespace;
  const found = inventory.find("Namespace", "default", namespace);
  const state = found && namespaceInjection(found);
  if (ignoredNamespaces.has(namespace) || state === "off") return false;
  const revision = template.get("metadata", "labels", "istio.io/rev").text();
  if (own === "true" || Boolean(revision) || state === "on") return true;
  if (state === undefined) return undefined;
  return own === undefined && revision === undefined && isInjectedByDefault(inventory);
}

/** The namespace that pods would get a sidecar by, if it had a label: they themselves say nothing against one. */
export function unlabelledNamespace({ template, namespace }: PodTemplate, inventory: Inventory) {
  if (namespace === undefined || template.get("spec", "hostNetwork").boolean() === true) return undefined;
  const said = ["labels", "annotations"].map((key) => template.get("metadata", key, "sidecar.istio.io/inject").text());
  const found = said.includes("false") ? undefined : inventory.find("Namespace", "default", namespace);
  return found && namespaceInjection(found) === "unlabelled" ? found : undefined;
}

/** Namespaces whose pods never get a sidecar. */
const ignoredNamespaces: ReadonlySet<string> = new Set([
  "kube-system",
  "kube-public",
  "kube-node-lease",
  "local-path-storage",
]);

/** Those, and the one of Istio itself. */
export const systemNamespaces: ReadonlySet<string> = new Set(["istio-system", ...ignoredNamespaces]);
