import * as z from "zod";
import { dnsLabel, labels } from "../scalars";

/** Namespaces that need more than what their applications imply. */
export const namespaces = z
  .record(
    dnsLabel,
    z.strictObject({
      create: z
        .boolean()
        .default(true)
        .describe(
          "False: the namespace exists already; it and its labels are its owner's. True: it goes with its last application, and everything in it goes, too, whoever put it there.",
        ),
      injection: z.boolean().default(true).describe("Give pods in it a sidecar. False is a weaker setting."),
      podSecurity: z
        .enum(["privileged", "baseline", "restricted"])
        .optional()
        .describe(
          "Refuse pods that ask for more than this Pod Security Standard. Sidecars do, so `baseline` and `restricted` are for namespaces without injection. Default: no pod is refused, and what is beyond `restricted` is warned of and audited.",
        ),
      networkPolicies: z
        .boolean()
        .optional()
        .describe(
          "Let in the gateways that lead there and the other applications' namespaces only. Default: `cluster.networkPolicies`, and false for a namespace that exists already.",
        ),
      labels: labels.default({}).describe("Further labels."),
    }),
  )
  .default({})
  .describe("Namespaces that need more than their applications imply. Others are created as applications name them.");

export type NamespaceSettings = z.infer<typeof namespaces>[string];
