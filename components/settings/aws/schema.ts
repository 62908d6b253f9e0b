import * as z from "zod";
import { providerTags } from "../tags/schema";

const list = z.array(z.string()).optional();
const flag = z.stringbool().optional();

/**
 * The `aws:` keys of the stack file. Our provider is explicit, so that a resource that forgets it fails at once
 * (see `pulumi:disable-default-providers` in Pulumi.yaml); these are the keys it takes over from the default one. Keys and
 * tokens are not among them: the kubeconfig could not pass them on. They belong into the environment or a profile.
 *
 * @see https://www.pulumi.com/registry/packages/aws/installation-configuration/
 */
export const aws = z
  .strictObject({
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "must be the name of an AWS region")
      .meta({ examples: ["ap-northeast-2"] })
      .describe("The AWS region."),
    profile: z.string().optional().describe("Profile in the AWS configuration files."),
    allowedAccountIds: list.describe("Accounts that this stack may be deployed to."),
    forbiddenAccountIds: list.describe("Accounts that it may not be deployed to."),
    assumeRoles: z
      .array(z.looseObject({ roleArn: z.string().describe("The role.") }))
      .optional()
      .describe("Roles to assume, one after the other."),
    defaultTags: z.strictObject({ tags: providerTags }).optional().describe("Tags of every AWS resource."),
    sharedConfigFiles: list.describe("AWS configuration files."),
    sharedCredentialsFiles: list.describe("AWS credentials files."),
    maxRetries: z.coerce.number().int().optional().describe("Retries of a failed request."),
    useFipsEndpoint: flag.describe("Use FIPS endpoints."),
    useDualstackEndpoint: flag.describe("Use dual-stack endpoints."),
  })
  .describe("The AWS provider.");

export type AwsSettings = z.infer<typeof aws>;
