import * as z from "zod";
import { dnsLabel, port, rule } from "../scalars";
import { isWildcard } from "./wildcards";

const host = z
  .string()
  .regex(
    /^(\*\.)?(?=.{1,253}$)([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z][-a-z0-9]{0,61}[a-z0-9]$/,
    'must be a DNS name in lowercase, or "*." and one',
  )
  .meta({ examples: ["api.example.org"] });

const address = z
  .string()
  .regex(/^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!$)|$)){4}$/, "must be an IPv4 address")
  .meta({ examples: ["203.0.113.10"] });

/** What lies outside of the mesh, and applications may call. */
export const external = z
  .record(
    dnsLabel,
    z
      .strictObject({
        hosts: z
          .array(host)
          .min(1)
          .describe("Its names. `*.example.org` stands for every name below, each looked up when it is called."),
        port: port.describe("The port that applications call."),
        protocol: z
          .enum(["http", "http2", "grpc", "https", "tls", "tcp"])
          .describe(
            "What applications speak to it. `https` and `tls` are the application's own TLS, of which the mesh reads the server's name only; `tcp` needs `addresses`.",
          ),
        addresses: z
          .array(address)
          .min(1)
          .optional()
          .describe("Its addresses, where they never change. Default: what DNS says."),
        tls: z
          .literal("originate")
          .optional()
          .describe(
            "The sidecar speaks TLS to it, so that an application calls plain `http://HOST` and the mesh sees requests, and can retry and count them.",
          ),
        targetPort: port
          .optional()
          .describe(
            "The port that it listens on, where that is another. Default: `port`; with `tls` and port 80, 443.",
          ),
        via: dnsLabel
          .meta({ examples: ["egress"] })
          .optional()
          .describe(
            "The gateway of `gateways`, one of `type: egress`, by which calls to it leave the mesh. Not for wildcards. Default: calls leave from the caller's own pod.",
          ),
      })
      .refine(
        ({ tls, protocol }) => tls === undefined || ["http", "http2", "grpc"].includes(protocol),
        rule(
          "can't originate TLS for what the application has encrypted already, or doesn't speak HTTP in",
          'Write protocol: http, http2 or grpc, or remove "tls".',
        ),
      )
      .refine(
        ({ protocol, addresses }) => protocol !== "tcp" || addresses !== undefined,
        rule(
          "is tcp without addresses: a bare connection has no name in it, so that this would take every connection to that port",
          'Add "addresses", or write the protocol that is spoken.',
        ),
      )
      .refine(
        ({ hosts, protocol }) => protocol !== "https" || !hosts.some(isWildcard),
        rule("is https with a wildcard, whose names Istio looks up by the greeting alone", "Write protocol: tls."),
      )
      .refine(
        ({ hosts, targetPort }) => targetPort === undefined || !hosts.some(isWildcard),
        rule("has a targetPort for a wildcard, which Istio doesn't follow there", 'Remove "targetPort".'),
      )
      .refine(
        ({ hosts, addresses }) => addresses === undefined || !hosts.some(isWildcard),
        rule("has addresses for a wildcard, which stands for names of many addresses", 'Remove "addresses".'),
      ),
  )
  .default({})
  .describe("What lies outside of the mesh, by name.");

export type ExternalSettings = z.infer<typeof external>[string];
