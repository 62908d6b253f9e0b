import * as z from "zod";
import { duration, durationOrZero, percent, port, rule } from "../scalars";

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

export const connectionPool = z
  .strictObject({
    tcp: z
      .strictObject({
        maxConnections: z.int().min(1).optional().describe("Most connections to the service."),
        connectTimeout: duration.optional().describe("Time to connect."),
        idleTimeout: duration.optional().describe("Time after which an idle connection is closed."),
        maxConnectionDuration: duration.optional().describe("Longest life of a connection."),
        tcpKeepalive: z
          .strictObject({
            probes: z.int().min(1).optional().describe("Probes before giving up."),
            time: duration.optional().describe("Idle time before the first probe."),
            interval: duration.optional().describe("Time between probes."),
          })
          .optional()
          .describe("TCP keepalive."),
      })
      .optional()
      .describe("Connections."),
    http: z
      .strictObject({
        http1MaxPendingRequests: z.int().min(1).optional().describe("Most requests waiting for a connection."),
        http2MaxRequests: z.int().min(1).optional().describe("Most requests under way."),
        maxRequestsPerConnection: z
          .int()
          .min(0)
          .optional()
          .describe("Requests before a connection is closed; 1 turns keep-alive off."),
        maxRetries: z.int().min(0).optional().describe("Most retries under way."),
        idleTimeout: duration.optional().describe("Time after which an idle connection is closed."),
        h2UpgradePolicy: z
          .enum(["DEFAULT", "DO_NOT_UPGRADE", "UPGRADE"])
          .optional()
          .describe("Whether HTTP/1.1 is upgraded to HTTP/2."),
        useClientProtocol: z.boolean().optional().describe("Use the protocol that the client used."),
        maxConcurrentStreams: z.int().min(1).optional().describe("Most streams on one HTTP/2 connection."),
      })
      .optional()
      .describe("Requests."),
  })
  .refine(({ tcp, http }) => tcp ?? http, rule("must have tcp or http", "Write {tcp: {…}}, {http: {…}}, or remove it."))
  .describe("Connection pool limits, in Istio's shape.");

export const outlierDetection = z
  .strictObject({
    consecutive5xxErrors: z
      .int()
      .min(0)
      .optional()
      .describe("5xx answers in a row that eject a pod; 0 turns this off."),
    consecutiveGatewayErrors: z
      .int()
      .min(0)
      .optional()
      .describe("502, 503 and 504 in a row that eject a pod; 0 turns this off."),
    splitExternalLocalOriginErrors: z.boolean().optional().describe("Count connection failures apart from answers."),
    consecutiveLocalOriginFailures: z
      .int()
      .min(0)
      .optional()
      .describe("Connection failures in a row that eject a pod."),
    interval: duration.optional().describe("Time between checks."),
    baseEjectionTime: duration.optional().describe("First ejection's length; it grows with each."),
    maxEjectionPercent: percent
      .optional()
      .describe("Most pods ejected at once, in percent. Default: Istio's 10, by which few pods eject none."),
    minHealthPercent: percent.optional().describe("Share of healthy pods below which ejection stops."),
  })
  .describe("Outlier detection, in Istio's shape.");

export const tls = z
  .strictObject({
    mode: z.enum(["DISABLE", "SIMPLE", "MUTUAL", "ISTIO_MUTUAL"]).describe("How the sidecar speaks to this service."),
    sni: z.string().optional().describe("SNI to send."),
    subjectAltNames: z.array(z.string()).optional().describe("Names that the server's certificate must have one of."),
    credentialName: z.string().optional().describe("Secret that holds certificate and CA."),
    caCertificates: z.string().optional().describe("File of the CA, in the sidecar."),
    clientCertificate: z.string().optional().describe("File of the client certificate, in the sidecar."),
    privateKey: z.string().optional().describe("File of its key, in the sidecar."),
    insecureSkipVerify: z.boolean().optional().describe("Accept any certificate. A weaker setting."),
  })
  .superRefine(({ mode, credentialName, clientCertificate, privateKey }, context) => {
    if (mode === "MUTUAL" && !credentialName && !(clientCertificate && privateKey)) {
      context.addIssue({
        code: "custom",
        message: "is MUTUAL and has no client certificate",
        params: { fix: 'Set "credentialName", or "clientCertificate" and "privateKey".' },
      });
    }
  })
  .refine(
    ({ credentialName, clientCertificate, privateKey, caCertificates }) =>
      !(credentialName && (clientCertificate ?? privateKey ?? caCertificates)),
    rule("must not have credentialName together with certificate files", "Remove one of them."),
  )
  .refine(
    ({ insecureSkipVerify, caCertificates, subjectAltNames }) =>
      !(insecureSkipVerify && (caCertificates ?? subjectAltNames)),
    rule("must not skip the verification that caCertificates or subjectAltNames ask for", "Remove insecureSkipVerify."),
  )
  .describe("TLS towards this service, in Istio's shape. Left out, Istio uses mutual TLS by itself.");

/** How callers share out their connections: the four keys that an application, a version and a port may have. */
export const trafficPolicy = {
  loadBalancer: loadBalancer.optional(),
  connectionPool: connectionPool.optional(),
  outlierDetection: outlierDetection.optional(),
  tls: tls.optional(),
};

const ofPort = z
  .strictObject({ port: port.describe("The Service's port."), ...trafficPolicy })
  .refine(
    ({ port: _, ...policy }) => Object.keys(policy).length > 0,
    rule("must have loadBalancer, connectionPool, outlierDetection or tls", "Say what is different there."),
  );

/**
 * What is different at one port of a service. Istio lets nothing of the whole hold there; the platform writes it out.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy-PortTrafficPolicy
 */
export const portLevelSettings = z
  .array(ofPort)
  .min(1)
  .refine(
    (entries) => new Set(entries.map(({ port: each }) => each)).size === entries.length,
    rule("must have each port once", "Make one entry of those with the same port."),
  )
  .optional()
  .meta({ examples: [[{ port: 9090, connectionPool: { tcp: { maxConnections: 10 } } }]] })
  .describe("What is different at single ports of the Service. What an entry leaves out is as for the whole Service.");

export type LoadBalancerSettings = z.infer<typeof loadBalancer>;
export type ConnectionPoolSettings = z.infer<typeof connectionPool>;
export type OutlierDetectionSettings = z.infer<typeof outlierDetection>;
export type TlsSettings = z.infer<typeof tls>;
