import type { AppRouting } from "../routing/model";
import type { Capabilities } from "../routing/capabilities";
import { forGateway } from "../settings/gateways/names";

/** Every kind of object that the mesh reads. */
export const meshKinds = [
  "AuthorizationPolicy",
  "DestinationRule",
  "EnvoyFilter",
  "Gateway",
  "PeerAuthentication",
  "ProxyConfig",
  "RequestAuthentication",
  "ServiceEntry",
  "Sidecar",
  "Telemetry",
  "TrafficExtension",
  "VirtualService",
  "WasmPlugin",
  "WorkloadEntry",
  "WorkloadGroup",
] as const;

export type MeshKind = (typeof meshKinds)[number];

/** Keys of an application's objects that every application may have. A feature with a key of its own adds it. */
const appKeys = [
  "destination-rule",
  "mesh",
  "jwt",
  "access-allow",
  "access-deny",
  "access-audit",
  "access-custom",
  "sidecar",
  "rate-limit",
] as const;

/** The key of an object of an application: one of those, or that of its rules on a gateway. */
export type AppObjectKey = (typeof appKeys)[number] | "ingress" | `ingress-${string}`;

/** Every key that an object of an application may have in a stack with these gateways. */
export function appObjectKeys(gateways: Iterable<string>): AppObjectKey[] {
  return [...appKeys, ...[...gateways].map(ingressKey)];
}

/** The key of an application's rules on a gateway. */
export function ingressKey(gateway: string): AppObjectKey {
  return forGateway("ingress", gateway);
}

/** An object that the mesh reads, as a pure function gives it; a stage makes a resource of it. */
export interface MeshObject<Key extends string = string> {
  /** What it is called among its parent's children: the end of its Pulumi name, and so of its identity. */
  readonly key: Key;
  readonly object: {
    readonly apiVersion: string;
    readonly kind: MeshKind;
    readonly metadata: {
      readonly name: string;
      readonly namespace: string;
      readonly annotations?: Readonly<Record<string, string>>;
    };
    readonly spec: object;
  };
  /** What it waits for: keys of objects beside it, and what `gatewayKey` and `namespaceKey` name. */
  readonly after: readonly string[];
  /** A key that it had before, in stacks that stand. */
  readonly formerKey?: string;
  /** Whether others change fields of it on purpose, which an update must not take back. Default: false. */
  readonly changedByOthers?: boolean;
}

/** What an object waits for that is bound to a gateway. */
export function gatewayKey(gateway: string): string {
  return `gateway/${gateway}`;
}

/** What an object waits for whose namespace is not its parent's. */
export function namespaceKey(namespace: string): string {
  return `namespace/${namespace}`;
}

/** What an application's rules of access wait for where they are only counted: see `defaultAccess`. */
export const defaultAccessKey = "default-access";

/** The names of the stack's gateways as routes bind to them, e.g. `istio-ingress/wildcard`, by key. */
export type GatewayNames = ReadonlyMap<string, string>;

/** One way to write routing down: Istio's objects, or another API's. */
export interface Renderer extends Capabilities {
  readonly objectsOf: (routing: AppRouting, gateways: GatewayNames) => readonly MeshObject<AppObjectKey>[];
}
