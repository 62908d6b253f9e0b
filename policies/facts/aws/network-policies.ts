import type { Inventory } from "../../engine/inventory";
import type { Resource } from "../../engine/resource";
import type { Value } from "../../engine/value";
import { releases } from "../charts/releases";
import { addonsCalled, addonsOf } from "./addons";
import { clustersOf, isAutomatic } from "./clusters";

/**
 * The cluster's VPC CNI, where it is known to enforce no NetworkPolicy, and nothing else here may. Undefined where
 * policies are enforced, or nobody can say: another network plugin is here, EKS's Auto Mode has one of its own, and a
 * CNI that no add-on manages may have been changed by hand.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html
 */
export function unenforcedBy(inventory: Inventory): Resource | undefined {
  const [cluster, ...others] = clustersOf(inventory);
  if (!cluster || others.length > 0 || isAutomatic(cluster, inventory) || hasOtherPlugin(inventory)) return undefined;
  const [addon] = addonsCalled(cni, inventory);
  if (addon) return isTold(addon.get("configurationValues")) === false ? addon : undefined;
  // The engine shows the add-on that this component makes; the offline plan its arguments.
  const [component] = inventory.ofType("eks:index:Cluster").filter(({ data }) => data.urn === cluster.data.urn);
  if (!component || component.get("useDefaultVpcCni").boolean() === true) return undefined;
  const options = component.get("vpcCniOptions");
  if (options.get("enableNetworkPolicy").boolean() === true) return undefined;
  return isTold(options.get("configurationValues")) === false ? cluster : undefined;
}

const cni = "vpc-cni";

/** Whether the add-on's configuration, a map or its JSON, turns enforcement on; undefined if it can't be read. */
function isTold(values: Value): boolean | undefined {
  const text = values.text();
  if (text === undefined) {
    const told = values.get(key);
    return told.boolean() === true || told.text() === "true";
  }
  try {
    const read: unknown = JSON.parse(text);
    const told = typeof read === "object" && read !== null && key in read ? (read as Record<string, unknown>)[key] : "";
    return told === true || told === "true";
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const key = "enableNetworkPolicy";

/** Plugins that enforce them, by what their charts, add-ons, pods and namespaces are called. */
const plugin = /cilium|calico|tigera|antrea|kube-router|kube-ovn|weave-net|canal/;

function hasOtherPlugin(inventory: Inventory): boolean {
  const known = (names: Iterable<string | undefined>) => [...names].some((name) => plugin.test(name ?? ""));
  return (
    known(releases(inventory).map((release) => release.get("chart").text())) ||
    known(addonsOf(inventory).map((addon) => addon.get("addonName").text())) ||
    known(inventory.objects("DaemonSet").map((object) => object.get("metadata", "name").text())) ||
    known(inventory.objects("Namespace").map((object) => object.get("metadata", "name").text())) ||
    // A chart that isn't read may bring one.
    inventory.isOutside("DaemonSet", "kube-system", "cilium")
  );
}
