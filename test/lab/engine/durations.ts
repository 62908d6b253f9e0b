import type { Call } from "./journal";

/** Seconds that creations take in AWS and in a cluster, by type and name; the first that fits holds. */
const creations: readonly (readonly [which: RegExp, seconds: number])[] = [
  [/:Cluster /, 9 * 60],
  [/:NodeGroup /, 2 * 60],
  [/:NatGateway /, 2 * 60],
  [/:CertificateValidation /, 3 * 60],
  [/:Record /, 38],
  [/:Addon /, 30],
  [/:Release .*(-controller|-istiod|\/istio-ingress)$/, 60],
  // Its load balancer, most of it the registration of targets.
  [/:Service .*\/istio-ingress$/, 4.5 * 60],
  [/:Deployment /, 45],
  [/:Release /, 10],
];

/** Seconds that a creation takes. */
export function secondsOf({ type, name }: Pick<Call, "type" | "name">): number {
  return creations.find(([which]) => which.test(`${type} ${name}`))?.[1] ?? 2;
}
