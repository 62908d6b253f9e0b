import * as z from "zod";
import { rule } from "../scalars";

export const headerName = z
  .string()
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, "must be the name of a header")
  .refine(
    (name) => name.toLowerCase() !== "host",
    rule(
      "must not be the Host header, which Istio changes in another way",
      "Remove it, and set rewrite.authority on a route.",
    ),
  )
  .meta({ examples: ["x-team"] });

/** Envoy refuses a header of more, and with it all that istiod sends. @see https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/core/v3/base.proto#config-core-v3-headervalue */
const longestValue = 16_384;

/** Envoy reads %NAME% as a variable; a percent sign alone stands as two. */
const headerValue = z
  .string()
  .regex(/^([^%\r\n]|%%|%[A-Z_0-9]+(\([^)]*\))?(:\d+)?%)*$/, "must be one line, with %% for a percent sign")
  .refine(
    (value) => Buffer.byteLength(value) <= longestValue,
    rule(`must have at most ${longestValue} bytes, as Envoy takes no more`, "Shorten it."),
  )
  .meta({ examples: ["50%%"] });

const headerOperations = z.strictObject({
  set: z.record(headerName, headerValue).optional().describe("Headers to overwrite."),
  add: z.record(headerName, headerValue).optional().describe("Headers to append."),
  remove: z.array(headerName).optional().describe("Headers to remove."),
});

export const headers = z.strictObject({
  request: headerOperations.optional().describe("Before the request reaches the application."),
  response: headerOperations.optional().describe("Before the response reaches the client."),
});

export type HeaderSettings = z.infer<typeof headers>;
