import { defaults } from "../defaults";
import { gateway, type GatewayInput, type GatewaySettings } from "./schema";

/** The gateway of a stack file that says nothing of gateways. What belongs to it has no key in its name. */
export const defaultGateway = "default";

/**
 * The name of something that each gateway has one of: the base itself for the gateway `default`, the base and the key for
 * others.
 *
 * @example `forGateway("wildcard", "internal")` is `wildcard-internal`
 */
export function forGateway<Base extends string>(base: Base, key: string): Base | `${Base}-${string}` {
  return key === defaultGateway ? base : `${base}-${key}`;
}

/** The gateways of a stack file, with every name filled in. None there means one, `default`. */
export function settledGateways(gateways: Readonly<Record<string, GatewayInput>>): readonly GatewaySettings[] {
  const entries = Object.entries(gateways);
  const all = entries.length > 0 ? entries : [[defaultGateway, gateway.parse({})] as const];
  return all.map(([key, own]) => ({
    ...own,
    key,
    name: own.name ?? forGateway(defaults.gateway.name, key),
    namespace: own.namespace ?? forGateway(defaults.gateway.namespace, key),
  }));
}

/**
 * The value of the label `istio` on a gateway's pods, by which Istio's Gateways find them in every namespace.
 *
 * @param release the name of the Helm release
 * @see https://github.com/istio/istio/blob/master/manifests/charts/gateway/templates/_helpers.tpl
 */
export function istioLabel(release: string): string {
  return release.replace(/^istio-/, "");
}
