import * as z from "zod";
import { duration, rule } from "../scalars";
import { share } from "./destinations";

/** Names of gRPC's status codes. @see https://github.com/grpc/grpc/blob/master/doc/statuscodes.md */
const grpcStatuses = [
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED",
] as const;

/** What a proxy may answer by itself. */
export const httpStatus = z
  .int()
  .min(200)
  .max(599)
  .meta({ examples: [503] });

const delay = z.strictObject({
  fixedDelay: duration.describe("How long the proxy waits before it sends the request on."),
  percentage: share.optional().describe("Share of requests that wait, in percent. Default: 100."),
});

const abort = z
  .strictObject({
    httpStatus: httpStatus.optional().describe("The answer's HTTP status."),
    grpcStatus: z.enum(grpcStatuses).optional().describe("The answer's gRPC status."),
    percentage: share.optional().describe("Share of requests that are answered so, in percent. Default: 100."),
  })
  .refine(
    ({ httpStatus: http, grpcStatus }) => (http === undefined) !== (grpcStatus === undefined),
    rule("must have exactly one of httpStatus and grpcStatus", "Write e.g. {httpStatus: 503, percentage: 10}."),
  );

/**
 * Faults for tests: the proxy that routes a request makes them, and the application sees nothing of it.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPFaultInjection
 */
export const fault = z
  .strictObject({
    delay: delay.optional().describe("Requests that wait."),
    abort: abort.optional().describe("Requests that are answered with an error, and go nowhere."),
  })
  .refine(
    ({ delay: waits, abort: fails }) => (waits ?? fails) !== undefined,
    rule("must have delay or abort", "Write e.g. {delay: {fixedDelay: 5s, percentage: 10}}."),
  )
  .describe("Faults on purpose, to see how callers take them. A policy refuses them where users are served.");

export type FaultSettings = z.infer<typeof fault>;
