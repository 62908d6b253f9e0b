import type { IPeerAuthentication } from "@kubernetes-models/istio/security.istio.io/v1";
import { rootNamespace } from "../../settings/namespaces/reserved-namespaces";
import type { MtlsMode, MtlsOverride } from "../../settings/mesh/schema";
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

function peerAuthentication(
  name: string,
  namespace: string,
  spec: NonNullable<IPeerAuthentication["spec"]>,
): IstioObject<IPeerAuthentication> {
  return { apiVersion: "security.istio.io/v1", kind: "PeerAuthentication", metadata: { name, namespace }, spec };
}
