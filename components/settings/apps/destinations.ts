import * as z from "zod";
import { dnsLabel, port, rule, serviceName } from "../scalars";

const backend = {
  version: z.string().min(1).optional().describe("One of the application's `versions`."),
  service: serviceName.optional().describe("Another Kubernetes service. Default: the application's own."),
  namespace: dnsLabel.optional().describe("That service's namespace. Default: the application's."),
  port: port.optional().describe("That service's port. Default: the application's."),
};

/** Where requests go, or a share of them. */
export const destination = z.strictObject({
  ...backend,
  weight: z
    .int()
    .min(0)
    .max(100)
    .optional()
    .describe("Share of requests in percent. Required where there are several destinations."),
});

/** Istio's percentages of faults and copies. None would be a setting that does nothing. */
export const share = z
  .number()
  .max(100)
  .refine(
    (value) => value > 0,
    rule("must be above 0: no request would be meant", "Write a share, e.g. 10, or remove it."),
  )
  .meta({ examples: [10] });

/** Where copies of requests go. */
const mirror = z.strictObject({
  ...backend,
  percentage: share.optional().describe("Share of requests that are copied, in percent. Default: 100."),
});

/**
 * Copies of requests, whose answers nobody waits for.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMirrorPolicy
 */
export const mirrors = z
  .union([z.string().min(1), mirror, z.array(mirror).min(1)], {
    error: "must be a version's name, a destination, or a list of destinations",
  })
  .optional()
  .describe(
    "Where copies of requests go besides: a version's name, a destination, or several. Their answers are dropped; what they write is written a second time.",
  );

export type DestinationSettings = z.infer<typeof destination>;
export type MirrorSettings = z.infer<typeof mirror>;

/** Where a route leads, in one form, each with its place below the route; none where it doesn't say. */
export function targetsOf(
  to: string | DestinationSettings | readonly DestinationSettings[] | undefined,
): readonly { readonly destination: DestinationSettings; readonly path: readonly PropertyKey[] }[] {
  if (to === undefined) return [];
  if (typeof to === "string") return [{ destination: { version: to }, path: ["to"] }];
  return isList(to)
    ? to.map((destination, index) => ({ destination, path: ["to", index] }))
    : [{ destination: to, path: ["to"] }];
}

function isList(to: DestinationSettings | readonly DestinationSettings[]): to is readonly DestinationSettings[] {
  return Array.isArray(to);
}

/** Copies in one form, each with its place below the route. */
export function mirrorsOf(
  mirror: z.infer<typeof mirrors>,
): readonly { readonly mirror: MirrorSettings; readonly path: readonly PropertyKey[] }[] {
  if (mirror === undefined) return [];
  if (typeof mirror === "string") return [{ mirror: { version: mirror }, path: ["mirror"] }];
  return Array.isArray(mirror)
    ? mirror.map((each, index) => ({ mirror: each, path: ["mirror", index] }))
    : [{ mirror, path: ["mirror"] }];
}
