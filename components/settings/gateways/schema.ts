import * as z from "zod";
import { ipv4Cidrs } from "../cidrs";
import { defaults } from "../defaults";
import { dnsLabel, duration, proxyResources, replicas } from "../scalars";

/** The ingress gateway and its Network Load Balancer. */
export const gateway = z
  .strictObject({
    name: dnsLabel
      .max(53)
      .default(defaults.gateway.name)
      .describe("Name of the Helm release, its Deployment and its Service."),
    namespace: dnsLabel
      .default(defaults.gateway.namespace)
      .describe("Namespace of the gateway; no application may live in it."),
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
        "Protect the load balancer. Set it to false and apply before a destroy: the controller refuses to delete a protected one.",
      ),
    drain: duration
      .default(defaults.gateway.drain)
      .describe("How long a stopping pod serves on; also the load balancer's deregistration delay. At most 1h."),
    replicas: replicas.default(defaults.gateway.replicas).describe("Pods of the gateway."),
    resources: proxyResources.default(defaults.gateway.resources).describe("CPU and memory of each."),
  })
  .describe("The ingress gateway and its Network Load Balancer.");

export type GatewaySettings = z.infer<typeof gateway>;
