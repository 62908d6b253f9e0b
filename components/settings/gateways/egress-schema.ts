import * as z from "zod";
import { defaults } from "../defaults";
import { dnsLabel, duration, proxyResources, replicas, serviceName } from "../scalars";
import { longestRelease } from "./release";

/**
 * An egress gateway: Envoys by which calls leave the mesh. Nothing reaches it from outside, so that it has no load balancer,
 * domain or certificate.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway/
 */
export const egressGateway = z
  .strictObject({
    type: z
      .literal("egress")
      .describe("A way out of the mesh: a Service inside the cluster, for entries of `external` with `via`."),
    name: serviceName
      .max(longestRelease)
      .meta({ examples: ["istio-egress"] })
      .optional()
      .describe(
        "Name of the Helm release, its Deployment and its Service. Default: `istio-egress` for the gateway `egress`, `istio-egress-NAME` for others.",
      ),
    namespace: dnsLabel
      .optional()
      .describe(
        "Namespace of the egress gateway, for it alone. Default: `istio-egress` for the gateway `egress`, `istio-egress-NAME` for others.",
      ),
    drain: duration
      .default(defaults.egressGateway.drain)
      .describe("How long a stopping pod of the egress gateway goes on with connections that it has."),
    replicas: replicas.default(defaults.egressGateway.replicas).describe("Pods of the egress gateway."),
    resources: proxyResources.default(defaults.egressGateway.resources).describe("CPU and memory of each."),
  })
  .describe("An egress gateway.");

export type EgressGatewayInput = z.infer<typeof egressGateway>;

/** An egress gateway with every name filled in. */
export interface EgressGatewaySettings extends EgressGatewayInput {
  /** Its name in the stack file, e.g. `egress`. */
  readonly key: string;
  readonly name: string;
  readonly namespace: string;
}
