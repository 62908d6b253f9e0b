import * as z from "zod";
import { refusal, rule } from "../scalars";

/** Tags that AWS allows on one thing, but for its own. @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const mostTags = 50;

/**
 * Tags beside the stack file's on the thing that has most of them, an instance: `Name`, and the five that EKS gives the
 * instances of a managed node group (two of `eks:`, two for the cluster autoscaler, one of `kubernetes.io/cluster/`).
 */
const otherTags = 6;

/** The most tags that a stack file may have. */
export const mostOwnTags = mostTags - otherTags;

export const tooManyTags = (count: number) =>
  refusal(
    `has ${count} tags, and may have ${mostOwnTags}: AWS allows ${mostTags}, and a node has ${otherTags} besides`,
    "Remove some.",
  );

/** The key that this project gives nearly everything it makes. */
const nameTag = "Name";

/** What a key is refused for beside another; undefined where both may stand. */
export function collision(key: string, other: string): ReturnType<typeof refusal> | undefined {
  if (key === other || key.toLowerCase() !== other.toLowerCase()) return undefined;
  return refusal(
    other === nameTag
      ? `differs from "${nameTag}", which this project sets itself, in nothing but case: IAM refuses both on one role`
      : `differs from "${other}" in nothing but case: IAM refuses both on one role`,
    "Rename it, or remove it.",
  );
}

/** A tag's key, as every service takes it. */
const tagKey = z
  .string()
  .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u, "must be 1 to 128 letters, digits, blanks and signs of _.:/=+-@")
  .refine((key) => !/^aws:/i.test(key), { error: 'must not begin with "aws:" in any case: AWS keeps that for itself' })
  .refine((key) => !/^(elbv2|service|ingress)\.k8s\.aws\//.test(key), {
    error: "must not be one of the load balancer controller's own keys, by which it finds what it made",
  });

/** A tag's value, as every service takes it. */
const tagValue = z
  .string()
  .max(256)
  .regex(
    /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u,
    "has characters that AWS refuses: a tag has letters, digits, blanks and _.:/=+-@",
  )
  .meta({ examples: ["platform"] });

function tagsOf(key: z.ZodType<string, string>, value: z.ZodType<string, string>) {
  return z.record(key as z.ZodString, value).check(({ value: tags, issues }) => {
    const keys = Object.keys(tags);
    keys.forEach((key, index) => {
      const found = [nameTag, ...keys.slice(0, index)].flatMap((other) => collision(key, other) ?? []);
      if (found[0]) issues.push({ ...found[0], input: tags, path: [key] });
    });
    if (keys.length > mostOwnTags) issues.push({ ...tooManyTags(keys.length), input: tags });
  });
}

/** Tags that the AWS provider sets. */
export const providerTags = tagsOf(tagKey, tagValue);

/** Tags of every AWS resource, what the load balancer controller makes included. */
export const tags = tagsOf(
  tagKey
    .refine((key) => !key.includes("="), {
      error: 'must not hold "=": the load balancer controller would end the key there',
    })
    .refine((key) => !/:\p{Z}/u.test(key), {
      error:
        'must not hold ": ": the load balancer controller\'s chart writes tags into YAML without quotes, and is refused',
    }),
  tagValue.refine(
    (value) => !/:(\p{Z}|$)/u.test(value),
    rule(
      'must not hold ": " or end in ":": the load balancer controller\'s chart writes tags into YAML without quotes, and is refused',
      'Leave out the blank behind the colon, or the colon: "a:b" is fine.',
    ),
  ),
)
  .default({})
  .describe(
    `Tags of every AWS resource in the stack, ${mostOwnTags} at most. Instances carry them, too: a change replaces the nodes, some at a time.`,
  );
