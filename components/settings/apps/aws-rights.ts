import * as z from "zod";
import { rule } from "../scalars";

/** What IAM takes for one role unless somebody asked for more. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const mostManagedPolicies = 10;

/** Characters of a role's own policy, white space left out. Nobody can raise it. */
export const mostInlineCharacters = 10_240;

/** Managed policies of AWS's that make an administrator: IAMFullAccess in one more step. */
const administrators = /:iam::aws:policy\/(AdministratorAccess|IAMFullAccess)$/;

const policyArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/([\x21-\x7e]+\/)?[\w+=,.@-]{1,128}$/,
    "must be the ARN of a managed policy",
  )
  .meta({ examples: ["arn:aws:iam::123456789012:policy/checkout"] })
  .refine(
    (arn) => !administrators.test(arn),
    rule(
      "makes its pods administrators of the account: whoever gets into one owns backups and audit trail, too",
      "Attach a policy with the actions that are used.",
    ),
  );

const everything = ["*", "*:*"];

const action = z
  .string()
  .refine(
    (text) => !everything.includes(text),
    rule(
      "is every action of AWS: whoever gets into a pod owns what its resources stand for",
      'List the actions that are used, e.g. "s3:GetObject".',
    ),
  )
  .regex(/^([A-Za-z0-9-]+:[A-Za-z0-9*?]+|\*|\*:\*)$/, "must be an action behind the name of its service")
  .meta({ examples: ["s3:GetObject"] });

const resource = z
  .string()
  .regex(/^(\*|arn:[^:]+:[^:]+:[^:]*:[^:]*:.+)$/s, 'must be an ARN, which may have * in it, or "*"')
  .meta({ examples: ["arn:aws:s3:::receipts/*"] });

/** IAM's operators. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operator = z
  .string()
  .regex(
    /^(Null|(ForAllValues:|ForAnyValue:)?(String(Not)?(Equals|EqualsIgnoreCase|Like)|(Numeric|Date)((Not)?Equals|(Less|Greater)Than(Equals)?)|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like))(IfExists)?)$/,
    "must be a condition operator of IAM, e.g. StringEquals",
  );

const conditions = z
  .record(
    operator,
    z
      .record(
        z.string().regex(/^[A-Za-z0-9-]+:.+$/, "must be a condition key, e.g. aws:ResourceTag/team"),
        z.union([z.string(), z.array(z.string()).min(1)], {
          error: 'must be a text or a list of texts; IAM writes true and numbers as texts, too, e.g. "true"',
        }),
      )
      .refine(
        (keys) => Object.keys(keys).length > 0,
        rule("has no condition key", "Name one, or remove the operator."),
      ),
  )
  .refine((all) => Object.keys(all).length > 0, rule("is empty", 'Name a condition, or remove "conditions".'));

const statement = z
  .strictObject({
    actions: z.array(action).min(1).describe("What its pods may do, e.g. `s3:GetObject`; `*` stands for any letters."),
    resources: z.array(resource).min(1).describe("ARNs of what they may do it with. `*` stands for any characters."),
    conditions: conditions
      .optional()
      .meta({ examples: [{ StringEquals: { "aws:ResourceTag/team": "shop" } }] })
      .describe("When they may, by IAM's operators and keys."),
  })
  .describe("Something that IAM allows.");

/** What an application's pods may do in AWS. */
export const awsRights = z
  .strictObject({
    policies: z
      .array(policyArn)
      .min(1)
      .refine(
        (all) => all.length <= mostManagedPolicies,
        rule(
          `must have at most ${mostManagedPolicies}: IAM attaches no more to a role`,
          "Put several into one policy, or write statements.",
        ),
      )
      .optional()
      .describe("ARNs of managed policies, of the account's or of AWS's."),
    statements: z.array(statement).min(1).optional().describe("What they may do beside it, as IAM's policies say it."),
  })
  .refine(
    ({ policies, statements }) => policies !== undefined || statements !== undefined,
    rule("gives no rights", "Add policies or statements, or remove it."),
  )
  .meta({ examples: [{ policies: ["arn:aws:iam::123456789012:policy/checkout"] }] })
  .describe(
    "What its pods may do in AWS: a role for their ServiceAccount by EKS Pod Identity. Others of that ServiceAccount have the same rights.",
  );

export type AwsRights = z.infer<typeof awsRights>;
