import * as z from "zod";
import { projectPath } from "../reading/project-path";

const path = projectPath
  .meta({ examples: ["manifests"] })
  .describe("A folder, with all below it, or a file, from the project's folder on.");

const apiGroup = z
  .string()
  .regex(
    /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$/,
    "must be an API group, which is what stands before the slash of an apiVersion",
  )
  .meta({ examples: ["cert-manager.io"] });

/** A folder whose objects have kinds that somebody else brings into the cluster. */
const withKinds = z.strictObject({
  path,
  apiGroups: z
    .array(apiGroup)
    .default([])
    .describe(
      "API groups whose CustomResourceDefinitions are in the cluster before, though neither the platform nor one of these manifests brings them. Their kinds are believed to be there.",
    ),
});

/** Kubernetes objects of one's own. */
export const manifests = z
  .array(
    z.union([path, withKinds], { error: 'must be a folder or a file, e.g. "manifests", or {path: …, apiGroups: […]}' }),
  )
  .meta({ examples: [["manifests"]] })
  .default([])
  .describe(
    "Kubernetes objects of one's own: folders and files with YAML, applied when the mesh is ready. See docs/manifests.md.",
  );

export type ManifestEntry = z.infer<typeof manifests>[number];

/** What an entry names, in whichever form it is written. */
export function entryOf(entry: ManifestEntry): z.infer<typeof withKinds> {
  return typeof entry === "string" ? { path: entry, apiGroups: [] } : entry;
}
