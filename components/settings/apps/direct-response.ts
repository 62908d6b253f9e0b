import * as z from "zod";
import { objectName, dnsLabel, rule } from "../scalars";
import { httpStatus } from "./faults";

/** Bytes. istiod's webhook warns above: each proxy gets the whole text with its routes. */
const longestBody = 100_000;

/**
 * An answer of the proxy itself.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPDirectResponse
 */
export const directResponse = z
  .strictObject({
    status: httpStatus.describe("The HTTP status."),
    body: z
      .string()
      .refine(
        (text) => Buffer.byteLength(text) <= longestBody,
        rule(
          `must have at most ${longestBody} bytes: each proxy gets it with its routes`,
          "Serve it from an application.",
        ),
      )
      .optional()
      .describe(
        "The answer's text. It is `text/plain`, unless headers.response.set has a content-type. Default: empty.",
      ),
  })
  .describe("Answer with this instead, e.g. `{status: 503, body: Back at noon}`.");

/**
 * Routes that a VirtualService of somebody else's goes on with.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#Delegate
 */
export const delegate = z
  .strictObject({
    name: objectName.describe("A VirtualService without hosts and gateways."),
    namespace: dnsLabel.optional().describe("Its namespace. Default: the application's."),
  })
  .describe(
    "Leave what this route takes to a VirtualService that others own. What its routes don't say themselves, such as timeout and headers, is this route's.",
  );
