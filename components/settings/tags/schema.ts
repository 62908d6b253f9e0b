import * as z from "zod";

/** Tags of every AWS resource. */
export const tags = z
  .record(
    z.string().regex(/^(?!aws:).{1,128}$/, 'must have at most 128 characters and not begin with "aws:"'),
    z.string().max(256),
  )
  .default({})
  .describe(
    "Tags of every AWS resource in the stack. Instances carry them, too: a change replaces the nodes, some at a time.",
  );
