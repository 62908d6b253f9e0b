import { gatewayKey, type AppObjectKey, type MeshObject, type Renderer } from "../mesh-object";
import { destinationRule } from "./destination-rule";
import { virtualService, virtualServiceKey } from "./virtual-service";

/**
 * Routing in Istio's own API: a VirtualService for each origin, and a DestinationRule that makes a subset of each version.
 *
 * It can say everything, as the stack file has Istio's words.
 */
export const istio: Renderer = {
  api: "Istio's VirtualService",
  expresses: "everything",
  objectsOf: (routing, gateways) => {
    const rule = destinationRule(routing);
    const subsets: MeshObject<AppObjectKey>[] = rule ? [{ key: "destination-rule", object: rule, after: [] }] : [];
    const routes = routing.byOrigin.flatMap((of): MeshObject<AppObjectKey>[] => {
      const object = virtualService(routing, of, gateways);
      if (!object) return [];
      const gateway = of.origin.kind === "gateway" ? [gatewayKey(of.origin.name)] : [];
      // Subsets first: a route to a subset that nobody defined answers 503.
      const after = [...gateway, ...subsets.map(({ key }) => key)];
      // Weights are moved by hand in an emergency, and by tools that release step by step.
      const changedByOthers = routing.destination.versions.length > 1;
      return [{ key: virtualServiceKey(of), object, after, ...(changedByOthers && { changedByOthers }) }];
    });
    return [...subsets, ...routes];
  },
};
