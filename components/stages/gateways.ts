import type * as pulumi from "@pulumi/pulumi";
import type { Certificate } from "./certificate";
import { DomainRecords } from "./domain-records";
import { Gateway, type GatewayArgs } from "./gateway";
import { GatewayNamespaces, sharedNamespaces, sharedPlace } from "./gateway-namespaces";
import type { HostedZone } from "./hosted-zone";
import { routeLimitsOf } from "../manifests/istio/rate-limit";
import type { AppRouting } from "../routing/model";
import type { DomainSettings } from "../settings/domain/schema";
import { forGateway } from "../settings/gateways/names";
import type { GatewaySettings } from "../settings/gateways/schema";

/** A domain's zone and certificate. */
export interface DomainRefs {
  /** Its Pulumi name. */
  readonly key: string;
  readonly domain: DomainSettings;
  readonly zone: HostedZone;
  readonly certificate: Certificate;
}

export interface GatewaysArgs extends Pick<
  GatewayArgs,
  "cluster" | "mesh" | "controller" | "network" | "istio" | "transform"
> {
  readonly gateways: readonly GatewaySettings[];
  readonly domains: readonly DomainRefs[];
  /** What the routes of the applications mean: gateways count their limits. */
  readonly apps: readonly AppRouting[];
  /** The region of the load balancers, e.g. `eu-west-1`. */
  readonly region: string;
}

/**
 * Each gateway of a stack, and the records of the domains that it serves. It is no component: gateways, the namespaces that
 * they share and the records stand side by side below the platform.
 *
 * @param name the platform's name
 * @returns the gateways by their keys in the stack file
 */
export function makeGateways(
  name: string,
  { gateways, domains, apps, region, ...refs }: GatewaysArgs,
  opts: pulumi.ComponentResourceOptions & { readonly parent: pulumi.Resource },
): ReadonlyMap<string, Gateway> {
  const components = gateways.map((gateway) => ({ component: forGateway(`${name}-gateway`, gateway.key), gateway }));
  const sharedName = `${name}-gateway-namespaces`;
  const shared =
    sharedNamespaces(gateways).length > 0
      ? new GatewayNamespaces(sharedName, { ...refs, gateways: components }, opts)
      : undefined;
  return new Map(
    components.map(({ component, gateway }) => {
      const served = domains.filter(({ domain }) => domain.gateway === gateway.key);
      const made = new Gateway(
        component,
        {
          ...refs,
          gateway,
          sharedNamespace: shared?.of(gateway.namespace),
          namespaceAliases: [sharedPlace(sharedName, gateway.namespace, opts.parent)],
          certificateArns: served.map(({ certificate }) => certificate.arn),
          routeLimits: routeLimitsOf(gateway.key, apps),
          hosts: served.flatMap(({ domain }) => [`*.${domain.name}`, domain.name]),
        },
        opts,
      );
      for (const { key, domain, zone } of served) {
        new DomainRecords(
          key,
          {
            domain: domain.name,
            zoneId: zone.zoneId,
            hostname: made.hostname,
            region,
            ipAddressType: gateway.ipAddressType,
            protect: gateway.deletionProtection,
          },
          opts,
        );
      }
      return [gateway.key, made];
    }),
  );
}
