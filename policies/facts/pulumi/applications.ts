import type { Inventory } from "../../engine/inventory";
import { KubernetesObject } from "../../engine/resource";

/** An application of a stack that only routes to it: others deploy its Service and pods. */
interface RoutedApp {
  /** Its Service's name. */
  readonly name: string;
  /** Where its objects are; empty if it has none, which doesn't say where its Service is. */
  readonly namespaces: ReadonlySet<string>;
}

/** Whether a stack has an application whose Service of this name others deploy: it has no `workload` in the stack file. */
export function isServiceOfOthers(inventory: Inventory, namespace: string, name: string): boolean {
  return inventory.once(routedApps).some((app) => app.name === name && isIn(app, namespace));
}

/** Whether others deploy the pods of one of the stack's applications into a namespace. */
export function hasPodsOfOthers(inventory: Inventory, namespace: string): boolean {
  return inventory.once(routedApps).some((app) => isIn(app, namespace));
}

function isIn({ namespaces }: RoutedApp, namespace: string): boolean {
  return namespaces.size === 0 || namespaces.has(namespace);
}

/** An application's component is called after its platform and the application: `shop-app-cart`. */
function routedApps(inventory: Inventory): RoutedApp[] {
  return inventory.ofType("eks-istio:stage:App").flatMap(({ name, data }) => {
    const objects = inventory.childrenOf(data.urn ?? "").filter((child) => child instanceof KubernetesObject);
    const platform = inventory.withUrn(data.parent ?? "");
    const prefix = `${platform?.name ?? ""}-app-`;
    if (!platform || !name.startsWith(prefix) || objects.some(({ kind }) => kind === "Service")) return [];
    return {
      name: name.slice(prefix.length),
      namespaces: new Set(objects.flatMap(({ namespace }) => namespace ?? [])),
    };
  });
}
