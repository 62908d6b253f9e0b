import * as z from "zod";
import { refusal, rule } from "../scalars";

/** The key that this project gives nearly everything it makes. */
const nameTag = "Name";

/** A number of tags that some thing of a stack may have, and why. */
interface Limit {
  /** The most that the stack file may give it, `Name` not counted. */
  readonly most: number;
  readonly because: string;
}

/** Tags that AWS allows on one thing, but for its own. @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const mostTags = 50;

function beside(others: number, thing: string, whose: string): Limit {
  return { most: mostTags - others, because: `AWS allows ${mostTags} on ${thing}, and ${others} are ${whose}` };
}

/**
 * `tags` are on more than what the AWS provider makes. An instance has most beside them: `Name`, and the five that EKS gives
 * the nodes of a managed group (`eks:cluster-name`, `eks:nodegroup-name`, two of `k8s.io/cluster-autoscaler/`, one of
 * `kubernetes.io/cluster/`). A load balancer has the controller's three (`elbv2.k8s.aws/cluster`, two of `service.k8s.aws/`).
 * Neither has those of `aws:defaultTags`.
 */
const ownTags = beside(6, "an instance", "this project's and EKS'");

/**
 * `tags` and `aws:defaultTags` together are on what the AWS provider makes. A subnet has most beside them: `Name`, and
 * `kubernetes.io/role/elb` or `kubernetes.io/role/internal-elb`.
 */
const allTags = beside(2, "a subnet", "this project's");

/**
 * A zone that the stack creates has both, and nothing beside them: the provider sends all in one request.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeTagsForResource.html
 */
export const mostZoneTags = 10;

/** What a number of tags is refused for; undefined where it may be. */
function excess(keys: readonly string[], { most, because }: Limit): ReturnType<typeof refusal> | undefined {
  const count = keys.filter((key) => key !== nameTag).length;
  if (count <= most) return undefined;
  const counted = count < keys.length ? `${count} tags beside ${nameTag}` : `${count} tags`;
  return refusal(`has ${counted}, and may have ${most}: ${because}`, "Remove some.");
}

/** What the tags of both places are refused for together, where neither is by itself. */
export function excessOfAll(own: readonly string[], others: readonly string[]): ReturnType<typeof refusal> | undefined {
  if (excess(own, ownTags) ?? excess(others, allTags)) return undefined;
  return excess([...new Set([...own, ...others])], allTags);
}

/** Keys of tags, and how each is spelled. Each is compared with those of its letters alone, as there may be thousands. */
export class Spellings {
  readonly #byLetters = new Map<string, string[]>();

  constructor(keys: readonly string[]) {
    for (const key of keys) this.add(key);
  }

  add(key: string): void {
    const alike = this.#byLetters.get(key.toLowerCase());
    if (alike) alike.push(key);
    else this.#byLetters.set(key.toLowerCase(), [key]);
  }

  /** What a key is refused for beside these; undefined where it may stand. */
  collision(key: string): ReturnType<typeof refusal> | undefined {
    const other = this.#byLetters.get(key.toLowerCase())?.find((spelling) => spelling !== key);
    if (other === undefined) return undefined;
    return refusal(
      other === nameTag
        ? `differs from "${nameTag}", which this project sets itself, in nothing but case: IAM refuses both on one role`
        : `differs from "${other}" in nothing but case: IAM refuses both on one role`,
      "Rename it, or remove it.",
    );
  }
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

function tagsOf(limit: Limit, key: z.ZodType<string, string>, value: z.ZodType<string, string>) {
  return z.record(key as z.ZodString, value).check(({ value: tags, issues }) => {
    const keys = Object.keys(tags);
    const before = new Spellings([nameTag]);
    for (const key of keys) {
      const found = before.collision(key);
      if (found) issues.push({ ...found, input: tags, path: [key] });
      before.add(key);
    }
    const tooMany = excess(keys, limit);
    if (tooMany) issues.push({ ...tooMany, input: tags });
  });
}

/** Tags that the AWS provider sets. */
export const providerTags = tagsOf(allTags, tagKey, tagValue);

/** Tags of every AWS resource, what the load balancer controller makes included. */
export const tags = tagsOf(
  ownTags,
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
    `Tags of every AWS resource in the stack, ${ownTags.most} at most, or ${mostZoneTags} where it creates a hosted zone. Instances carry them, too: a change replaces the nodes, some at a time.`,
  );
