import * as z from "zod";
import { dnsLabel } from "../scalars";
import { projectPath } from "../reading/project-path";

const path = projectPath
  .meta({ examples: ["apps/search"] })
  .describe(
    "A file, or a folder with all below it, from the project's folder on. Each file is a map of applications like `apps`.",
  );

/** A folder whose applications may claim no more than it is given. */
const limited = z.strictObject({
  path,
  namespaces: z
    .array(dnsLabel)
    .min(1)
    .meta({ examples: [["search"]] })
    .optional()
    .describe("The only namespaces that its applications may be in, and their routes may lead to. Default: any."),
  hosts: z
    .array(z.string().min(1))
    .meta({ examples: [["search", "api.corp.example.com"]] })
    .optional()
    .describe(
      "The only public names that its applications may have: what stands before the first domain, or a whole name. `[]`: none. Default: any.",
    ),
  external: z
    .array(dnsLabel)
    .meta({ examples: [["stripe"]] })
    .optional()
    .describe("The only entries of `external` that its applications may list in `calls`. `[]`: none. Default: any."),
  aws: z
    .boolean()
    .default(false)
    .describe("True: its applications may give themselves rights in AWS, any that there are. A weaker setting."),
});

/** Applications in files of their own, so that their teams own and review them. */
export const appsFrom = z
  .array(
    z.union([path, limited], {
      error: 'must be a folder or a file, e.g. "apps/search", or {path: …, namespaces: […], hosts: […]}',
    }),
  )
  .default([])
  .meta({ examples: [[{ path: "apps/search", namespaces: ["search"] }]] })
  .describe(
    "Files with more applications, each a map like `apps`, so that teams own and review their own. See docs/apps-from.md.",
  );

export type AppsFromEntry = z.infer<typeof appsFrom>[number];

/** What an entry names, in whichever form it is written. */
export function entryOf(entry: AppsFromEntry): z.infer<typeof limited> {
  return typeof entry === "string" ? { path: entry, aws: false } : entry;
}
