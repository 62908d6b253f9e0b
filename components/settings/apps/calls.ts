import * as z from "zod";
import { dnsLabel, serviceName } from "../scalars";

const called = z
  .strictObject({
    app: dnsLabel.optional().describe("An application of this stack, by its name."),
    external: dnsLabel.optional().describe("One of `external`, by its name."),
    service: serviceName.optional().describe("A Service of the cluster that is no application's of this stack."),
    namespace: dnsLabel.optional().describe("Namespace of `service`. Default: the application's own."),
  })
  .refine(({ app, external, service }) => [app, external, service].filter((key) => key !== undefined).length === 1, {
    error: "must name exactly one of app, external and service",
    params: { fix: "Make an entry of each." },
  })
  .refine(({ namespace, service }) => namespace === undefined || service !== undefined, {
    error: "has a namespace and no service in it",
    params: { fix: 'Add "service", or remove "namespace".' },
  })
  .describe("What it calls.");

/** What an application calls. */
export const calls = z
  .array(
    z.union([dnsLabel, called], {
      error: "must be an application's name, {external: NAME}, or {service: NAME, namespace: NAMESPACE}",
    }),
  )
  .describe(
    "What it calls: applications by name, `{external: NAME}`, `{service: NAME, namespace: NAMESPACE}`. Its sidecars then know these and what the mesh itself needs, and nothing else; `[]` is nothing. None: they know the whole mesh.",
  );

/** One called, in one form. */
export interface Call {
  readonly app?: string | undefined;
  readonly external?: string | undefined;
  readonly service?: string | undefined;
  readonly namespace?: string | undefined;
}

/** An entry of `calls`; a text is the short form of an application. */
export function callOf(entry: z.infer<typeof calls>[number]): Call {
  return typeof entry === "string" ? { app: entry } : entry;
}
