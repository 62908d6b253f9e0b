import { Inventory, type Surroundings } from "../../../policies/engine/inventory";
import type { ResourceData } from "../../../policies/engine/resource";
import type { Properties } from "../../../policies/engine/value";

/** A Kubernetes object, in the namespace `shop` unless told otherwise; any part may be `unknown`. */
export function object(apiVersion: string, kind: string, metadata: object, more: object = {}): ResourceData {
  const type = `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
  const own = { namespace: "shop", ...metadata };
  return {
    source: "plan",
    type,
    name: "made-up",
    properties: { apiVersion, kind, metadata: own, ...more },
    dependencies: [],
  };
}

/** A Deployment whose pods have these labels. */
export function deployment(metadata: object, labels: unknown, template: object = {}, spec: object = {}): ResourceData {
  const pods = { metadata: { labels, ...template }, spec: { containers: [{ name: "own", image: "own:1" }], ...spec } };
  return object("apps/v1", "Deployment", metadata, { spec: { template: pods } });
}

/** A Helm Release. */
export function release(properties: Properties): ResourceData {
  return { source: "plan", type: "kubernetes:helm.sh/v3:Release", name: "made-up", properties, dependencies: [] };
}

export function inventoryOf(resources: readonly ResourceData[], surroundings?: Surroundings): Inventory {
  return new Inventory(resources, surroundings);
}

/** What things are called, in their order. */
export function labelsOf(
  things: Iterable<{ readonly label: string } | { readonly resource: { readonly label: string } }>,
) {
  return [...things].map((one) => ("resource" in one ? one.resource.label : one.label));
}
