import * as z from "zod";
import { duration, durationOrZero, percent, rule } from "../scalars";

const simple = z
  .enum(["ROUND_ROBIN", "LEAST_REQUEST", "RANDOM", "PASSTHROUGH"])
  .meta({ examples: ["LEAST_REQUEST"], renamed: new Map([["LEAST_CONN", "LEAST_REQUEST"]]) });

const consistentHash = z
  .strictObject({
    httpHeaderName: z.string().min(1).optional().describe("Hash of a request header."),
    httpCookie: z
      .strictObject({
        name: z.string().min(1).describe("The cookie's name."),
        path: z.string().optional().describe("Its path."),
        ttl: durationOrZero.describe("Its lifetime; `0s` makes a session cookie."),
      })
      .optional()
      .describe("Hash of a cookie, which Envoy sets if it is missing."),
    useSourceIp: z.literal(true).optional().describe("Hash of the client's address."),
    httpQueryParameterName: z.string().min(1).optional().describe("Hash of a query parameter."),
    ringHash: z
      .strictObject({ minimumRingSize: z.int().min(1).describe("Fewest virtual nodes.") })
      .optional()
      .describe("Ring hash."),
    maglev: z
      .strictObject({
        tableSize: z
          .int()
          .min(2)
          .max(5_000_011)
          .refine(isPrime, rule("must be a prime number", "Write a prime, e.g. 65537."))
          .describe("Table size; a prime."),
      })
      .optional()
      .describe("Maglev."),
  })
  .refine(
    ({ httpHeaderName, httpCookie, useSourceIp, httpQueryParameterName }) =>
      [httpHeaderName, httpCookie, useSourceIp, httpQueryParameterName].filter((key) => key !== undefined).length === 1,
    rule(
      "must have exactly one of httpHeaderName, httpCookie, useSourceIp and httpQueryParameterName",
      "Keep the one to hash by, e.g. {useSourceIp: true}.",
    ),
  )
  .refine(
    ({ ringHash, maglev }) => !(ringHash && maglev),
    rule("must not have both ringHash and maglev", "Remove one of them."),
  );

function isPrime(number: number): boolean {
  for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) return false;
  return number > 1;
}

/** Istio's failover goes from region to region; zones are failoverPriority's. */
const region = z
  .string()
  .regex(/^[^/*]+$/, "must be a region, without a zone")
  .meta({ examples: ["eu-west-1"] });

const localityLbSetting = z
  .strictObject({
    enabled: z.boolean().optional().describe("Whether to prefer endpoints nearby."),
    distribute: z
      .array(
        z.strictObject({
          from: z.string().describe("Locality of the caller, `region/zone/*`."),
          to: z
            .record(z.string(), z.int().min(1).max(100))
            .refine(
              (shares) => Object.values(shares).reduce((sum, share) => sum + share, 0) === 100,
              rule("must have shares that add up to 100", "Change the shares."),
            )
            .describe("Share of each locality, in percent; together 100."),
        }),
      )
      .refine(
        (entries) => new Set(entries.map(({ from }) => from)).size === entries.length,
        rule("must have each from once", "Make one entry of those with the same from."),
      )
      .optional()
      .describe("Fixed shares by locality."),
    failover: z
      .array(
        z
          .strictObject({ from: region.describe("A region."), to: region.describe("The region that takes over.") })
          .refine(
            ({ from, to }) => from !== to,
            rule("must lead to another region", "Write the region that takes over."),
          ),
      )
      .optional()
      .describe("Where traffic goes when a region fails."),
    failoverPriority: z.array(z.string()).optional().describe("Labels that order endpoints, nearest first."),
  })
  .refine(
    ({ distribute, failover, failoverPriority }) => !(distribute && (failover || failoverPriority)),
    rule("must not have distribute together with failover or failoverPriority", "Remove one of them."),
  )
  .refine(
    ({ failover, failoverPriority }) =>
      !(failover && failoverPriority?.some((label) => label.startsWith("topology.kubernetes.io/region"))),
    rule(
      "must not have failover, which is by region, together with a region in failoverPriority",
      "Remove the region from failoverPriority.",
    ),
  )
  .describe("Preference for endpoints in the caller's zone.");

export const loadBalancer = z
  .strictObject({
    simple: simple
      .optional()
      .describe("How a pod is picked: `ROUND_ROBIN`, `LEAST_REQUEST`, `RANDOM` or `PASSTHROUGH`."),
    consistentHash: consistentHash.optional().describe("Send what hashes alike to the same pod."),
    localityLbSetting: localityLbSetting.optional(),
    warmup: z
      .strictObject({
        duration: duration.describe("How long a new pod's share grows."),
        minimumPercent: percent.optional().describe("Share it begins with."),
        aggression: z.number().min(1).optional().describe("Shape of the growth; 1 is linear."),
      })
      .optional()
      .describe("Let a new pod's share grow slowly."),
  })
  .refine(
    ({ simple: one, consistentHash: other }) => !(one && other),
    rule("must not have both simple and consistentHash", "Remove one of them."),
  )
  .describe("Load balancing, in Istio's shape.");

export type LoadBalancerSettings = z.infer<typeof loadBalancer>;
