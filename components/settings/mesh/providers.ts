import * as z from "zod";
import { duration, port, rule } from "../scalars";

const service = z
  .string()
  .regex(
    /^([a-z0-9-]+\/)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$/,
    "must be the full name of a service that the mesh knows",
  )
  .meta({ examples: ["opa.opa-system.svc.cluster.local"] })
  .describe("The service, by its full name: a Kubernetes service's or a ServiceEntry's host.");

/** istiod refuses a star alone, and with it the provider: every request would be answered with 403. */
const headerNames = z
  .array(
    z
      .string()
      .min(1)
      .refine((name) => name !== "*", rule('must not be "*" alone', 'Name the headers, or their beginning: "x-*".')),
  )
  .min(1);

/** The codes that Envoy knows. @see https://www.envoyproxy.io/docs/envoy/latest/api-v3/type/v3/http_status.proto */
const errorStatus = /^(40\d|41[0-7]|42[1-46]|428|429|431|50[0-8]|51[01])$/;

const body = z
  .strictObject({
    maxRequestBytes: z.int().min(1).describe("Most bytes of the body that are kept for the check."),
    allowPartialMessage: z.boolean().optional().describe("Send what there is of a longer one. Default: answer 413."),
    packAsBytes: z.boolean().optional().describe("Send it as raw bytes."),
  })
  .describe("Send the body, too.");

const common = {
  service,
  port: port.describe("The service's port."),
  timeout: duration.optional().describe("How long an answer may take. Default: 600s."),
  failOpen: z
    .boolean()
    .optional()
    .describe("Let requests in while the authorizer doesn't answer. A weaker setting. Default: refuse them."),
  statusOnError: z
    .string()
    .regex(errorStatus, "must be a status code of an error that Envoy knows, in quotes")
    .meta({ examples: ["503"] })
    .optional()
    .describe("Status of a request that is refused since the authorizer doesn't answer. Default: 403."),
  includeRequestBodyInCheck: body.optional(),
};

const http = z
  .strictObject({
    ...common,
    pathPrefix: z
      .string()
      .regex(/^\//, 'must begin with "/"')
      .meta({ examples: ["/check"] })
      .optional()
      .describe("Put before the path of each check."),
    includeRequestHeadersInCheck: headerNames.optional().describe("Headers of the request that the check has, too."),
    includeAdditionalHeadersInCheck: z
      .record(z.string().min(1), z.string())
      .optional()
      .describe("Further headers of each check."),
    headersToUpstreamOnAllow: headerNames.optional().describe("Headers of the answer that the application gets."),
    headersToDownstreamOnDeny: headerNames.optional().describe("Headers of the answer that a refused caller gets."),
    headersToDownstreamOnAllow: headerNames.optional().describe("Headers of the answer that an allowed caller gets."),
  })
  .describe("An authorizer that answers HTTP: 200 lets the request in.");

const grpc = z.strictObject(common).describe("An authorizer that speaks Envoy's ext_authz over gRPC.");

/**
 * An external authorizer, in Istio's words.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-ExtensionProvider
 */
export const provider = z
  .strictObject({
    envoyExtAuthzHttp: http.optional(),
    envoyExtAuthzGrpc: grpc.optional(),
  })
  .refine(
    (kinds) => Object.keys(kinds).length === 1,
    rule("must be of exactly one kind", "Write {envoyExtAuthzHttp: {…}} or {envoyExtAuthzGrpc: {…}}."),
  );

export type ProviderSettings = z.infer<typeof provider>;
