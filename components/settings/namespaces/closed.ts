import type { Settings } from "../settings";
import { rootNamespace } from "./reserved-namespaces";

/**
 * The namespaces that NetworkPolicies of this stack close, each once: istiod's, the gateways', ingress and egress, and those of applications,
 * unless the stack file leaves one open, or somebody else made it and the file doesn't ask for it.
 */
export function closedNamespaces({
  cluster,
  gateways,
  egressGateways,
  namespaces,
  apps,
}: Pick<Settings, "cluster" | "gateways" | "egressGateways" | "namespaces" | "apps">): readonly string[] {
  if (!cluster.networkPolicies) return [];
  const ofApps = apps.map(({ namespace }) => namespace).filter((name) => isClosed(namespaces[name]));
  const ofGateways = [...gateways, ...egressGateways].map(({ namespace }) => namespace);
  return [...new Set([rootNamespace, ...ofGateways, ...ofApps])];
}

function isClosed({ create, networkPolicies }: Partial<Settings["namespaces"][string]> = {}): boolean {
  return networkPolicies ?? create ?? true;
}
