import type { Inventory } from "../../engine/inventory";
import { Undecided } from "../../engine/value";
import { controlPlanes, defaultRevision, distinct, type ControlPlane, type Settings } from "./control-planes";
import { planesOfRevision } from "./revisions";

/**
 * The mesh's configuration; undefined if Istio is installed elsewhere. Reading a setting throws if the control planes
 * here differ in it. What is one pod's is asked with `proxyConfigOf`.
 */
export function meshConfig(inventory: Inventory): Settings | undefined {
  const [first, ...others] = controlPlanes(inventory);
  if (!first || others.length === 0) return first?.config;
  return {
    get: (...keys) => {
      const value = first.config.get(...keys);
      for (const { config } of others) {
        const [, other] = distinct([value, config.get(...keys)]);
        if (other) throw new Undecided(other.resource, other.keys, differs(first));
      }
      return value;
    },
  };
}

/** The namespace whose policies are the whole mesh's. Throws if it is unknown, or if control planes differ in it. */
export function rootNamespace(inventory: Inventory): string {
  const [first, ...others] = controlPlanes(inventory);
  if (!first) return istioDefault;
  const root = rootOf(first);
  const other = others.find((plane) => rootOf(plane) !== root);
  if (other) throw new Undecided(other.resource, other.config.get("rootNamespace").keys, differs(first));
  return root;
}

/** Whether a namespace is that one. Control planes that differ in it don't matter to others. */
export function isRootNamespace(namespace: string, inventory: Inventory): boolean {
  const planes = controlPlanes(inventory);
  if (planes.length > 1 && planes.every((plane) => rootOf(plane) !== namespace)) return false;
  return namespace === rootNamespace(inventory);
}

/** Whether a namespace is Istio's own: a control plane's, or the one of the whole mesh's policies. */
export function isIstiosNamespace(namespace: string, inventory: Inventory): boolean {
  if (namespace === istioDefault) return true;
  return controlPlanes(inventory).some((plane) => plane.namespace === namespace || rootOf(plane) === namespace);
}

/**
 * Whether namespaces without a label are injected. Throws if that is unknown.
 *
 * The webhook that does it is the revision `default`'s, or is made for a tag of that name.
 *
 * @see https://github.com/istio/istio/blob/master/manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml
 */
export function isInjectedByDefault(inventory: Inventory): boolean {
  const planes = controlPlanes(inventory);
  const inCharge = planesOfRevision(defaultRevision, inventory);
  if (inCharge.length > 0) return inCharge.some(injectsByDefault);
  const willing = planes.find(injectsByDefault);
  if (!willing) return false;
  const { keys } = willing.values.get(...byDefault);
  throw new Undecided(
    willing.resource,
    keys,
    `counts only with a revision tag called ${defaultRevision}, which isn't here`,
  );
}

const byDefault = ["sidecarInjectorWebhook", "enableNamespacesByDefault"];

function injectsByDefault({ values }: ControlPlane): boolean {
  return values.get(...byDefault).boolean() === true;
}

const istioDefault = "istio-system";

function rootOf({ config, defaultRoot }: ControlPlane): string {
  return config.get("rootNamespace").text() ?? defaultRoot() ?? istioDefault;
}

function differs({ resource }: ControlPlane): string {
  return `is another than that of ${resource.label}`;
}
