import type { KubernetesObject } from "../cluster/api";

/** An object that keeps to its CRD, and that istiod refuses with a reason. */
export interface Wrong {
  readonly object: KubernetesObject;
  readonly reason: string;
}

/** One for each of the program's kinds, but PeerAuthentication: all that istiod asks of one, its CRD asks, too. */
export function wrong(namespace: string): readonly Wrong[] {
  const object = (kind: string, spec: object) => ({
    apiVersion: "networking.istio.io/v1",
    kind,
    metadata: { name: "wrong", namespace },
    spec,
  });
  const destinations = [0, 0].map((weight) => ({ destination: { host: "wrong" }, weight }));
  const port = { number: 443, name: "https", protocol: "HTTPS" };
  return [
    {
      object: object("VirtualService", { hosts: ["wrong"], http: [{ route: destinations }] }),
      reason: "total destination weight = 0",
    },
    {
      object: object("DestinationRule", { host: "wrong", subsets: [{ name: "v1" }, { name: "v1" }] }),
      reason: "duplicate subset names: v1",
    },
    {
      object: object("Gateway", { servers: [{ port, hosts: ["*"] }] }),
      reason: "server must have TLS settings for HTTPS/TLS protocols",
    },
  ];
}
