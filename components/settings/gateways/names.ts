import { hostEntries } from "../apps/hosts";
import { defaults } from "../defaults";
import type { Sections } from "../schema";
import type { EgressGatewayInput, EgressGatewaySettings } from "./egress-schema";
import { gateway, type GatewayInput, type GatewaysInput, type GatewaySettings } from "./schema";

/** The gateway of a stack file that says nothing of gateways. What belongs to it has no key in its name. */
export const defaultGateway = "default";

/**
 * The name of something that each gateway has one of: the base itself for one gateway, the base and the key for others.
 *
 * @param plain the gateway with no key in its names
 * @example `forGateway("wildcard", "internal")` is `wildcard-internal`
 */
export function forGateway<Base extends string>(
  base: Base,
  key: string,
  plain = defaultGateway,
): Base | `${Base}-${string}` {
  return key === plain ? base : `${base}-${key}`;
}

/** The ingress gateways that a stack file names. */
export function ingressGateways(gateways: Readonly<GatewaysInput>): (readonly [key: string, own: GatewayInput])[] {
  return Object.entries(gateways).flatMap(([key, own]) => (own.type === "egress" ? [] : [[key, own] as const]));
}

/** The ingress gateways of a stack file, with every name filled in. None there means one, `default`. */
export function settledGateways(gateways: Readonly<GatewaysInput>): readonly GatewaySettings[] {
  const entries = ingressGateways(gateways);
  const all = entries.length > 0 ? entries : [[defaultGateway, gateway.parse({})] as const];
  return all.map(([key, own]) => ({
    ...own,
    key,
    name: own.name ?? forGateway(defaults.gateway.name, key),
    namespace: own.namespace ?? forGateway(defaults.gateway.namespace, key),
  }));
}

/** The egress gateway whose names have no key in them. */
export const plainEgress = "egress";

/** The egress gateways of a stack file, with every name filled in. */
export function settledEgressGateways(gateways: Readonly<GatewaysInput>): readonly EgressGatewaySettings[] {
  const entries = Object.entries(gateways).flatMap(([key, own]): [string, EgressGatewayInput][] =>
    own.type === "egress" ? [[key, own]] : [],
  );
  return entries.map(([key, own]) => {
    const { name, namespace } = defaults.egressGateway;
    return {
      ...own,
      key,
      name: own.name ?? forGateway(name, key, plainEgress),
      namespace: own.namespace ?? forGateway(namespace, key, plainEgress),
    };
  });
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

/** The key of the gateway that serves a domain; undefined where there are several and it names none. */
export function servingGateway(
  { gateway }: { readonly gateway?: string | undefined },
  gateways: readonly Pick<GatewaySettings, "key">[],
): string | undefined {
  return gateway ?? (gateways.length === 1 ? gateways[0]?.key : undefined);
}

/** The keys of the gateways that an application's hosts are on, as far as their domains are known. */
export function gatewaysOf(
  app: Parameters<typeof hostEntries>[0],
  first: Sections["domain"],
  gateways: readonly Pick<GatewaySettings, "key">[],
): ReadonlySet<string> {
  const domains = [first, ...first.additional];
  return new Set(
    hostEntries(app).flatMap(({ domain = first.name }) => {
      const own = domains.find(({ name }) => name === domain);
      return (own && servingGateway(own, gateways)) ?? [];
    }),
  );
}
