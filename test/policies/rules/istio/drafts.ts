import type { Loose, StackDraft } from "../../stack";

const groups = {
  AuthorizationPolicy: "security.istio.io/v1",
  PeerAuthentication: "security.istio.io/v1",
  ProxyConfig: "networking.istio.io/v1beta1",
  RequestAuthentication: "security.istio.io/v1",
  DestinationRule: "networking.istio.io/v1",
  EnvoyFilter: "networking.istio.io/v1alpha3",
  Gateway: "networking.istio.io/v1",
  ServiceEntry: "networking.istio.io/v1",
  Sidecar: "networking.istio.io/v1",
  VirtualService: "networking.istio.io/v1",
  WorkloadEntry: "networking.istio.io/v1",
  WorkloadGroup: "networking.istio.io/v1",
  Telemetry: "telemetry.istio.io/v1",
  TrafficExtension: "extensions.istio.io/v1alpha1",
  WasmPlugin: "extensions.istio.io/v1alpha1",
} as const;

/**
 * A function that adds an object of one of Istio's kinds: `own` in `bookinfo`, if nothing else is said.
 *
 * @example `const add = adding("Sidecar"); add(stack, { egress: [] }, { namespace: "membership" });`
 */
export function adding(
  kind: keyof typeof groups,
): (stack: StackDraft, spec: Loose, metadata?: { readonly name?: string; readonly namespace?: string }) => void {
  return (stack, spec, { name = "own", namespace = "bookinfo" } = {}) => {
    stack.add({ apiVersion: groups[kind], kind, metadata: { name, namespace }, spec } as Loose);
  };
}
