/** The name by which sidecars and the gateway know a service; route destinations are read in the rule's own namespace unless they are whole. */
export function serviceHost(service: string, namespace: string): string {
  return `${service}.${namespace}.svc.cluster.local`;
}

/**
 * The labels that Istio's gateway chart gives its pods; our Service and Gateway select by them.
 *
 * @see https://github.com/istio/istio/blob/master/manifests/charts/gateway/templates/_helpers.tpl
 */
export function gatewayLabels(release: string): { readonly app: string; readonly istio: string } {
  return { app: release, istio: release.replace(/^istio-/, "") };
}
