import * as z from "zod";
import { duration, rule, seconds } from "../scalars";

/** Far below what Envoy's 32-bit counters hold, and far above what one pod serves. */
const mostRequests = 1_000_000_000;

const requests = z
  .int()
  .min(1)
  .max(mostRequests)
  .meta({ examples: [100] });

/** The shortest time after which Envoy adds requests, in milliseconds. */
const step = 50;

const per = duration
  .refine(
    (value) => {
      const milliseconds = Math.round(seconds(value) * 1000);
      // What is no duration at all has its problem already.
      return !duration.safeParse(value).success || (milliseconds >= step && milliseconds % step === 0);
    },
    rule(`must be ${step}ms or a multiple of it, the steps in which Envoy counts`, 'Write e.g. "1s".'),
  )
  .meta({ examples: ["1s"] });

/**
 * Envoy's token bucket. It begins full, each request takes a token, and it is filled up again as time goes by.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/local_rate_limit_filter
 */
const local = z
  .strictObject({
    requests: requests.describe("Requests that are let through in each `per`."),
    per: per.describe("The time in which they are counted: 50ms or a multiple of it."),
    burst: requests
      .optional()
      .describe("Requests that may come at once after a quiet time. At least `requests`, which is the default."),
  })
  .superRefine(({ requests, burst }, context) => {
    if (burst === undefined || burst >= requests) return;
    context.addIssue({
      code: "custom",
      path: ["burst"],
      message: `is less than requests (${requests}): no more than this would be let through`,
      params: { fix: `Write ${requests} or more, or lower requests.` },
    });
  });

/** @param counted what the limit is for and who counts, as a sentence */
export function rateLimit(counted: string) {
  return z
    .strictObject({
      local: local
        .meta({ examples: [{ requests: 100, per: "1s" }] })
        .describe(
          `${counted} Each pod counts by itself: with three pods, three times as many requests are let through. Others are answered with 429, calls of gRPC with RESOURCE_EXHAUSTED.`,
        ),
    })
    .describe("How many requests are let through.");
}

/** How many requests each pod lets through. */
export type LocalRateLimit = z.infer<typeof local>;
