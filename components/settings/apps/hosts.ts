import * as z from "zod";
import { domainName } from "../scalars";

/** A host under a domain that is not the first one. */
const placed = z.strictObject({
  host: z
    .string()
    .min(1)
    .meta({ examples: ["checkout"] })
    .describe("As `host` alone."),
  domain: domainName.optional().describe("Which of the stack's domains it belongs to. Default: `domain.name`."),
});

/** Several public names. */
export const hosts = z
  .array(
    z.union([z.string().min(1), placed], {
      error: 'must be what stands before the domain, e.g. "checkout", or {host: …, domain: …}',
    }),
  )
  .min(1)
  .meta({ examples: [["@", "www"]] })
  .optional()
  .describe(
    "Its public names, where it has several, instead of `host` and `domain`: each like `host`, or with its domain. It is on the gateway of each one's domain.",
  );

/** What the stack file says of an application's public names. */
interface Input {
  readonly host?: string | undefined;
  readonly domain?: string | undefined;
  readonly hosts?: z.infer<typeof hosts>;
}

/** One public name, in whichever form it is written. */
export interface HostEntry {
  readonly host: string;
  /** Undefined for the stack's first domain. */
  readonly domain: string | undefined;
  /** Where the host stands in the application's entry, and where its domain stands or would stand. */
  readonly path: readonly PropertyKey[];
  readonly domainPath: readonly PropertyKey[];
}

/** An application's public names; `host` and `domain` are the short form of one. */
export function hostEntries({ host, domain, hosts: list = [] }: Input): readonly HostEntry[] {
  return [
    ...(host === undefined ? [] : [{ host, domain, path: ["host"], domainPath: ["domain"] }]),
    ...list.map((entry, index) => {
      const path = ["hosts", index];
      return typeof entry === "string"
        ? { host: entry, domain: undefined, path, domainPath: path }
        : { host: entry.host, domain: entry.domain, path: [...path, "host"], domainPath: [...path, "domain"] };
    }),
  ];
}
