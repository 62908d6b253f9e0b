import * as z from "zod";
import { ipv4Cidrs } from "../cidrs";
import { defaults } from "../defaults";
import { rateLimit } from "../rate-limits/schema";
import { dnsLabel, duration, proxyResources, replicas, rule, serviceName } from "../scalars";
import { egressGateway } from "./egress-schema";
import { longestRelease } from "./release";

/** An ingress gateway and its Network Load Balancer. */
export const gateway = z
  .strictObject({
    type: z.literal("ingress").optional().describe("The way into the mesh. Default."),
    name: serviceName
      .max(longestRelease)
      .meta({ examples: ["istio-ingress"] })
      .optional()
      .describe(
        "Name of the Helm release, its Deployment and its Service. Default: `istio-ingress` for the gateway `default`, `istio-ingress-NAME` for others.",
      ),
    namespace: dnsLabel
      .optional()
      .describe(
        "Namespace of the gateway; no application may live in it, other gateways may. Default: `istio-ingress` for the gateway `default`, `istio-ingress-NAME` for others.",
      ),
    namespaces: z
      .array(dnsLabel.meta({ examples: ["checkout"] }))
      .min(1)
      .optional()
      .describe(
        "Namespaces whose VirtualServices may bind to its hosts: those of the applications that have hosts on it, and others as you like. Elsewhere a host that nobody uses can't be claimed. Default: every namespace.",
      ),
    scheme: z
      .enum(["internet-facing", "internal"])
      .default(defaults.gateway.scheme)
      .describe(
        "Whether the load balancer has public addresses. Another scheme is another load balancer: the old one goes first, and hosts are away until the records follow.",
      ),
    ipAddressType: z
      .enum(["ipv4", "dualstack"])
      .default(defaults.gateway.ipAddressType)
      .describe(
        "`dualstack` adds IPv6 addresses and AAAA records. IPv6 clients then reach applications under the load balancer's address, not their own.",
      ),
    sourceRanges: ipv4Cidrs
      .default([...defaults.gateway.sourceRanges])
      .describe("IPv4 ranges that may connect. None: everybody."),
    tlsPolicy: z
      .string()
      .regex(
        /^ELBSecurityPolicy-TLS13-1-[23]-[A-Za-z0-9-]+$/,
        "must be an ELB security policy that allows TLS 1.2 and 1.3 only",
      )
      .meta({ examples: [defaults.gateway.tlsPolicy] })
      .default(defaults.gateway.tlsPolicy)
      .describe("TLS versions and ciphers of the listener."),
    crossZone: z
      .boolean()
      .default(defaults.gateway.crossZone)
      .describe("Spread connections over the pods of all zones."),
    preserveClientIp: z
      .boolean()
      .default(defaults.gateway.preserveClientIp)
      .describe("Let the gateway see the client's address."),
    deletionProtection: z
      .boolean()
      .default(defaults.gateway.deletionProtection)
      .describe(
        "Protect the load balancer, the gateway's pods and the records of its domains. Set it to false and apply before a destroy, or a change that replaces one of them: the preview fails otherwise, before anything goes.",
      ),
    drain: duration
      .default(defaults.gateway.drain)
      .describe("How long a stopping pod serves on; also the load balancer's deregistration delay. At most 1h."),
    rateLimit: rateLimit(
      "Limits what comes in, for all of its hosts together; what it redirects to https is counted apart.",
    ).optional(),
    replicas: replicas.default(defaults.gateway.replicas).describe("Pods of the gateway."),
    resources: proxyResources.default(defaults.gateway.resources).describe("CPU and memory of each."),
  })
  .describe("An ingress gateway and its Network Load Balancer.");

/** `match.gateways` and Istio itself mean by it the sidecars. */
const reserved = "mesh";

const gatewayKey = dnsLabel.refine(
  (key) => key !== reserved,
  rule(`must not be "${reserved}", Istio's word for the sidecars`, 'Rename it, e.g. to "internal".'),
);

/** The gateways by name. Without an ingress gateway in it there is one all the same, called `default`. */
export const gateways = z
  .record(gatewayKey, z.discriminatedUnion("type", [gateway, egressGateway]))
  .default({})
  .describe(
    "The gateways by name. Ingress gateways have a Network Load Balancer each, for the domains that name them; where none is named there is one, called `default`, and under another name it is another gateway, with another load balancer. Egress gateways, `type: egress`, are the way out for entries of `external` that name them by `via`.",
  );

export type GatewaysInput = z.infer<typeof gateways>;
export type GatewayInput = z.infer<typeof gateway>;

/** An ingress gateway with every name filled in. */
export interface GatewaySettings extends GatewayInput {
  /** Its name in the stack file, e.g. `internal`. */
  readonly key: string;
  readonly name: string;
  readonly namespace: string;
}
