import type { IPeerAuthentication } from "@kubernetes-models/istio/security.istio.io/v1";
import { rootNamespace } from "../../settings/namespaces/reserved-namespaces";
import type { MeshSettings, MtlsMode, MtlsOverride } from "../../settings/mesh/schema";
import { namespaceKey, type MeshObject } from "../mesh-object";
import type { IstioObject } from "./istio-object";

/**
 * Mutual TLS for the whole mesh: named `default`, in the root namespace, without a selector.
 *
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 */
export function meshPeerAuthentication(mode: MtlsMode): IstioObject<IPeerAuthentication> {
  return peerAuthentication("default", rootNamespace, { mtls: { mode } });
}

/** One exception to it: for a namespace, a workload, or a workload's ports. */
export function peerAuthenticationOverride(
  name: string,
  { namespace, selector, mode, ports }: MtlsOverride,
): IstioObject<IPeerAuthentication> {
  return peerAuthentication(selector ? name : "default", namespace, {
    ...(selector && { selector: { matchLabels: selector } }),
    ...(mode && { mtls: { mode } }),
    ...(ports && {
      portLevelMtls: Object.fromEntries(Object.entries(ports).map(([port, portMode]) => [port, { mode: portMode }])),
    }),
  });
}

/** Mutual TLS for the whole mesh as a stage registers it. */
export function mtlsObject(mode: MtlsMode): MeshObject {
  return { key: "mtls", object: meshPeerAuthentication(mode), after: [] };
}

/** The exceptions to it, each in its namespace. */
export function mtlsOverrideObjects(overrides: MeshSettings["mtls"]["overrides"]): MeshObject[] {
  return Object.entries(overrides).map(([key, override]) => {
    const object = peerAuthenticationOverride(key, override);
    const { namespace, name } = object.metadata;
    // The one of a whole namespace is called "default" under any key, and stays when its key changes.
    return { key: `${namespace}/${name}`, formerKey: key, object, after: [namespaceKey(namespace)] };
  });
}

function peerAuthentication(
  name: string,
  namespace: string,
  spec: NonNullable<IPeerAuthentication["spec"]>,
): IstioObject<IPeerAuthentication> {
  return { apiVersion: "security.istio.io/v1", kind: "PeerAuthentication", metadata: { name, namespace }, spec };
}
