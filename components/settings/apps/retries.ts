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

function checkCondition(value: string, context: z.RefinementCtx): void {
  if ((retryConditions as readonly string[]).includes(value) || /^[45]\d\d$/.test(value)) return;
  const near = closest(value, retryConditions);
  const what = "must be one of Envoy's retry conditions or a status code";
  context.addIssue({
    code: "custom",
    // In a text with several, which of them.
    message: context.value === value ? what : `has ${JSON.stringify(value)} in it, and each ${what}`,
    params: {
      fix: near ? `Did you mean "${near}"?` : `Write one of ${retryConditions.join(", ")}, or a code such as "503".`,
    },
  });
}

const retryCondition = z
  .string()
  .meta({ examples: ["5xx"] })
  .superRefine(checkCondition);

/** Istio's own form of several conditions. */
const retryConditionsText = z
  .string()
  .meta({ examples: ["connect-failure,refused-stream"] })
  .superRefine((text, context) => conditionsOf(text).forEach((condition) => checkCondition(condition, context)));

/** The conditions of `retryOn`, which may be a list, or Istio's text with commas. */
export function conditionsOf(retryOn: string | readonly string[]): readonly string[] {
  return typeof retryOn === "string" ? retryOn.split(",").map((condition) => condition.trim()) : retryOn;
}

export const retries = z
  .strictObject({
    attempts: z.int().min(0).max(20).describe("Retries after the first try; 0 turns retries off."),
    perTryTimeout: duration.optional().describe("Timeout of each try."),
    retryOn: z
      .union([z.array(retryCondition).min(1), retryConditionsText], {
        error: "must be a list of conditions, or a text with commas between them",
      })
      .optional()
      .describe(
        "Envoy's conditions, or status codes: a list, or Istio's text with commas between them. Default: Istio's.",
      ),
    retryRemoteLocalities: z.boolean().optional().describe("Whether a retry may go to another zone or region."),
  })
  .superRefine((value, context) => {
    if (value.attempts !== 0) return;
    for (const key of ["perTryTimeout", "retryOn", "retryRemoteLocalities"] as const) {
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
