import { istioLabel } from "../settings/gateways/names";

/** Arguments of an object whose name in the cluster is given. */
export type Named<Args> = Args & { readonly metadata: { readonly namespace: string; readonly name: string } };

/** The name by which sidecars and the gateway know a service; route destinations are read in the rule's own namespace unless they are whole. */
export function serviceHost(service: string, namespace: string): string {
  return `${service}.${namespace}.svc.cluster.local`;
}

/** The labels that Istio's gateway chart gives its pods; our Service and Gateway select by them. */
export function gatewayLabels(release: string): { readonly app: string; readonly istio: string } {
  return { app: release, istio: istioLabel(release) };
}
