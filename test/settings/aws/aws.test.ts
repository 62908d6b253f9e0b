import assert from "node:assert/strict";
import { settingsOf } from "../../stack";
import { accepts, refuses } from "../verdicts";

describe("the provider's keys", () => {
  it("take numbers, switches and lists out of text", () => {
    const keys = {
      "aws:maxRetries": "5",
      "aws:useFipsEndpoint": "true",
      "aws:useDualstackEndpoint": "false",
      "aws:allowedAccountIds": ["123456789012"],
      "aws:assumeRoles": [{ roleArn: "arn:aws:iam::123456789012:role/deployer", externalId: "ci" }],
      "aws:defaultTags": { tags: { team: "platform" } },
    };
    assert.deepEqual(settingsOf(keys).aws, {
      region: "ap-northeast-2",
      maxRetries: 5,
      useFipsEndpoint: true,
      useDualstackEndpoint: false,
      allowedAccountIds: ["123456789012"],
      assumeRoles: [{ roleArn: "arn:aws:iam::123456789012:role/deployer", externalId: "ci" }],
      defaultTags: { tags: { team: "platform" } },
    });
  });

  it("keep a profile that looks like a number as text", () => {
    assert.equal(settingsOf({ "aws:profile": "123456789012" }).aws.profile, "123456789012");
  });

  accepts("a region of another partition", {
    "aws:region": "us-gov-west-1",
    "eks-istio:network": { zones: ["us-gov-west-1a", "us-gov-west-1b"] },
  });

  refuses(
    "no region",
    { "aws:region": undefined },
    {
      key: "aws:region",
      value: undefined,
      rule: "is required",
      fix: 'Set it, e.g. "ap-northeast-2".',
    },
  );

  refuses(
    "a zone for a region",
    {
      "aws:region": "us-east-1a",
      "eks-istio:network": {
        existing: {
          vpcId: "vpc-0123456789abcdef0",
          privateSubnetIds: ["subnet-00000000", "subnet-11111111"],
          publicSubnetIds: ["subnet-22222222", "subnet-33333333"],
        },
      },
    },
    {
      key: "aws:region",
      value: "us-east-1a",
      rule: "must be the name of an AWS region",
      fix: 'Write it like "ap-northeast-2".',
    },
  );

  refuses(
    "a typo in a key",
    { "aws:profil": "platform" },
    {
      key: "aws:profil",
      value: "platform",
      rule: "is not a known key",
      fix: 'Did you mean "aws:profile"?',
    },
  );

  refuses(
    "a typo inside of a key",
    { "aws:defaultTags": { tags: {}, tgas: {} } },
    {
      key: "aws:defaultTags.tgas",
      value: {},
      rule: "is not a known key",
      fix: 'Did you mean "tags"?',
    },
  );

  refuses(
    "a key that this project doesn't hand over",
    { "aws:endpoints": [{ s3: "http://localhost:4566" }] },
    {
      key: "aws:endpoints",
      value: [{ s3: "http://localhost:4566" }],
      rule: "is not a known key",
      fix: "Remove it. Known here: region, profile, allowedAccountIds, forbiddenAccountIds, assumeRoles, defaultTags, sharedConfigFiles, sharedCredentialsFiles, maxRetries, useFipsEndpoint, useDualstackEndpoint.",
    },
  );

  refuses(
    "account ids without quotes, which lose their zeros",
    { "aws:allowedAccountIds": [123456789012] },
    {
      key: "aws:allowedAccountIds[0]",
      value: 123456789012,
      rule: "must be a string, and YAML reads it as a number",
      fix: 'Put it in quotes: "123456789012".',
    },
  );

  refuses(
    "a single account that is no list",
    { "aws:forbiddenAccountIds": "123456789012" },
    {
      key: "aws:forbiddenAccountIds",
      value: "123456789012",
      rule: "must be a list",
      fix: "Write a list.",
    },
  );

  refuses(
    "a role without its ARN",
    { "aws:assumeRoles": [{ externalId: "ci" }] },
    {
      key: "aws:assumeRoles[0].roleArn",
      value: undefined,
      rule: "is required",
      fix: "Set it.",
    },
  );

  refuses(
    "tags that don't stand under tags",
    { "aws:defaultTags": { tags: {}, team: "platform" } },
    {
      key: "aws:defaultTags.team",
      value: "platform",
      rule: "is not a known key",
      fix: "Remove it. Known here: tags.",
    },
  );
});
