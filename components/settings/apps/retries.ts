import * as z from "zod";
import { duration } from "../scalars";
import { closest } from "../reading/suggestions";

const retryConditions = [
  "5xx",
  "gateway-error",
  "reset",
  "reset-before-request",
  "connect-failure",
  "envoy-ratelimited",
  "retriable-4xx",
  "refused-stream",
  "retriable-status-codes",
  "retriable-headers",
  "http3-post-connect-failure",
  "cancelled",
  "deadline-exceeded",
  "internal",
  "resource-exhausted",
  "unavailable",
] as const;

const retryCondition = z
  .string()
  .meta({ examples: ["5xx"] })
  .superRefine((value, context) => {
    if ((retryConditions as readonly string[]).includes(value) || /^[45]\d\d$/.test(value)) return;
    const near = closest(value, retryConditions);
    context.addIssue({
      code: "custom",
      message: "must be one of Envoy's retry conditions or a status code",
      params: {
        fix: near ? `Did you mean "${near}"?` : `Write one of ${retryConditions.join(", ")}, or a code such as "503".`,
      },
    });
  });

export const retries = z
  .strictObject({
    attempts: z.int().min(0).max(20).describe("Retries after the first try; 0 turns retries off."),
    perTryTimeout: duration.optional().describe("Timeout of each try."),
    on: z.array(retryCondition).min(1).optional().describe("Envoy's conditions, or status codes. Default: Istio's."),
    retryRemoteLocalities: z.boolean().optional().describe("Whether a retry may go to another zone or region."),
  })
  .superRefine((value, context) => {
    if (value.attempts !== 0) return;
    for (const key of ["perTryTimeout", "on", "retryRemoteLocalities"] as const) {
      if (value[key] !== undefined)
        context.addIssue({
          code: "custom",
          path: [key],
          message: "has no meaning with attempts: 0, which turns retries off",
          params: { fix: `Remove "${key}", or raise attempts.` },
        });
    }
  })
  .describe("Retries.");

export type RetrySettings = z.infer<typeof retries>;
