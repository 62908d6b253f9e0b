import * as z from "zod";
import { duration, percent, port, rule } from "../scalars";
import { loadBalancer } from "./load-balancer";

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

export type ConnectionPoolSettings = z.infer<typeof connectionPool>;
export type OutlierDetectionSettings = z.infer<typeof outlierDetection>;
export type TlsSettings = z.infer<typeof tls>;
