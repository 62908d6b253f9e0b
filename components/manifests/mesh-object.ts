import type { AppRouting } from "../routing/model";
import type { Capabilities } from "../routing/capabilities";

/** Every kind of object that the mesh reads. */
export type MeshKind =
  | "AuthorizationPolicy"
  | "DestinationRule"
  | "EnvoyFilter"
  | "Gateway"
  | "PeerAuthentication"
  | "ProxyConfig"
  | "RequestAuthentication"
  | "ServiceEntry"
  | "Sidecar"
  | "Telemetry"
  | "TrafficExtension"
  | "VirtualService"
  | "WasmPlugin"
  | "WorkloadEntry"
  | "WorkloadGroup";

/** An object that the mesh reads, as a pure function gives it; a stage makes a resource of it. */
export interface MeshObject {
  /** What it is called among its parent's children: the end of its Pulumi name, and so of its identity. */
  readonly key: string;
  readonly object: {
    readonly apiVersion: string;
    readonly kind: MeshKind;
    readonly metadata: { readonly name: string; readonly namespace: string };
    readonly spec: object;
  };
  /** What it waits for: keys of objects beside it, and what `gatewayKey` and `namespaceKey` name. */
  readonly after: readonly string[];
}

/** What an object waits for that is bound to a gateway. */
export function gatewayKey(gateway: string): string {
  return `gateway/${gateway}`;
}

/** What an object waits for whose namespace is not its parent's. */
export function namespaceKey(namespace: string): string {
  return `namespace/${namespace}`;
}

/** The names of the stack's gateways as routes bind to them, e.g. `istio-ingress/wildcard`, by key. */
export type GatewayNames = ReadonlyMap<string, string>;

/** One way to write routing down: Istio's objects, or another API's. */
export interface Renderer extends Capabilities {
  readonly objectsOf: (routing: AppRouting, gateways: GatewayNames) => readonly MeshObject[];
}
