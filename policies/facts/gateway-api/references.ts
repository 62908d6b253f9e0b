import type { Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Value } from "../../engine/value";
import { namespaceOf } from "../istio/objects";
import { isPlacedByCommand } from "../kubernetes/names";

/** What a reference of the Gateway API names. */
export interface Reference {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** The API group of all its kinds. */
export const gatewayGroup = "gateway.networking.k8s.io";

/** A reference with what its kind of references has by default. Throws if any of it is unknown. */
export function referenceOf(
  value: Value,
  from: KubernetesObject,
  byDefault: { readonly group: string; readonly kind: string },
): Reference {
  return {
    group: value.get("group").text() ?? byDefault.group,
    kind: value.get("kind").text() ?? byDefault.kind,
    namespace: value.get("namespace").text() ?? namespaceOf(from),
    name: value.get("name").text() ?? "",
  };
}

/** Whether a reference names one of Kubernetes' own core kinds. */
export function isCore({ group, kind }: Reference, wanted: string): boolean {
  return group === "" && kind === wanted;
}

/**
 * Whether a ReferenceGrant lets an object name another in another namespace. Undefined where none is in that namespace:
 * somebody else may make them; and for an object whose file doesn't say where it goes. Throws if one that is unknown may be it.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/referencegrant/
 */
export function isGranted(from: KubernetesObject, to: Reference, inventory: Inventory): boolean | undefined {
  const own = namespaceOf(from);
  if (to.namespace === own || inventory.isOutside("ReferenceGrant", to.namespace, "*")) return true;
  const unplaced = inventory.objects("ReferenceGrant").filter(({ namespace }) => namespace === undefined);
  const grants = inventory.inNamespace("ReferenceGrant", to.namespace);
  const allows = (grant: KubernetesObject): boolean => {
    const sources = grant.get("spec", "from").list();
    const targets = grant.get("spec", "to").list();
    return (
      sources.some(
        (source) =>
          source.get("group").text() === from.group &&
          source.get("kind").text() === from.kind &&
          source.get("namespace").text() === own,
      ) &&
      targets.some(
        (target) =>
          (target.get("group").text() ?? "") === to.group &&
          target.get("kind").text() === to.kind &&
          (target.get("name").text() || to.name) === to.name,
      )
    );
  };
  if (grants.some(allows)) return true;
  for (const grant of unplaced) grant.get("metadata", "namespace").text();
  return grants.length > 0 && !isPlacedByCommand(from) ? false : undefined;
}
