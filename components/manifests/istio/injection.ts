/**
 * The label of a namespace whose pods istiod's webhook gives an Envoy: a sidecar, or a gateway's own, which its chart
 * leaves as `image: auto`. One label only: beside `istio-injection` the revision would be ignored silently.
 *
 * @param revision the control plane's revision, if it has one
 * @see https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/
 */
export function injectionLabels(revision: string | undefined): Record<string, string> {
  return revision ? { "istio.io/rev": revision } : { "istio-injection": "enabled" };
}
