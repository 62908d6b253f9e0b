import assert from "node:assert/strict";
import type { RecordedResource } from "../../cli/plan/record";
import { creations, memberOf, withoutOperation, type Creation, type Target } from "./operations";
import { models, refusals } from "./models";
import { stacks } from "./stacks";

/** What Pulumi puts behind a name to make it unique. */
const suffix = "-1a2b3c4";

const isOfAws = ({ type }: RecordedResource) => type.startsWith("aws:") || type.startsWith("eks:");

/** What AWS would refuse of a resource, as AWS' own models say, and what the table doesn't know. */
function refused({ type, name, inputs }: RecordedResource): string[] {
  const creation = creations[type];
  if (!creation) return withoutOperation[type] === undefined ? [`${type} is not in the table`] : [];
  const where = `${type} ${name}`;
  const named = new Set<string>();
  const judge = (target: Target, value: unknown, path: string): string[] => {
    const member = memberOf(creation, target);
    if (!member) return [];
    if (member.operation === creation.operation) named.add(member.path.replace(/[.[].*/, ""));
    const rule = models.operations[member.operation]?.members[member.path];
    if (!rule) return [`${where}: ${member.operation} ${member.path} is not generated (npm run generate)`];
    if (value === "[unknown]" || value === "[secret]") return [];
    return refusals(rule, value).map((why) => `${where}.${path}: ${why}`);
  };
  const problems = leaves(inputs, "", "", creation).flatMap(({ pattern, path, value }) => {
    const target = creation.properties[pattern];
    return target === undefined ? [`${where}.${path}: the table doesn't know ${pattern}`] : judge(target, value, path);
  });
  if (creation.named !== undefined && !named.has(creation.named))
    problems.push(...judge(creation.named, `${name}${suffix}`, creation.named));
  const missing = (models.operations[creation.operation]?.required ?? []).filter(
    (member) => !named.has(member) && creation.filled?.[member] === undefined,
  );
  return [...problems, ...missing.map((member) => `${where}: ${creation.operation} requires ${member}`)];
}

interface Leaf {
  /** As the table writes it, with `[]` and `*`. */
  readonly pattern: string;
  readonly path: string;
  readonly value: unknown;
}

/** Every value that the table has a place for, and every scalar that it has none for. */
function leaves(value: unknown, pattern: string, path: string, creation: Creation): Leaf[] {
  if (value === undefined || value === null) return [];
  if (pattern !== "" && Object.hasOwn(creation.properties, pattern)) return [{ pattern, path, value }];
  if (Array.isArray(value))
    return value.flatMap((one, index) => leaves(one, `${pattern}[]`, `${path}[${index}]`, creation));
  if (typeof value !== "object") return [{ pattern, path, value }];
  const known = Object.keys(creation.properties);
  return Object.entries(value).flatMap(([key, one]) => {
    const join = (last: string) => (pattern === "" ? last : `${pattern}.${last}`);
    const isAny = known.some((each) => each.startsWith(join("*")));
    return leaves(one, join(isAny ? "*" : key), path === "" ? key : `${path}.${key}`, creation);
  });
}

/** Every map of tags of a resource, the ones of a launch template's instances included. */
function tagsOf({ inputs }: RecordedResource): Readonly<Record<string, string>>[] {
  const {
    tags,
    tagSpecifications = [],
    defaultTags,
  } = inputs as {
    tags?: Record<string, string>;
    tagSpecifications?: { tags: Record<string, string> }[];
    defaultTags?: string | { tags: Record<string, string> };
  };
  const own =
    typeof defaultTags === "string" ? (JSON.parse(defaultTags) as { tags: Record<string, string> }) : defaultTags;
  return [tags, own?.tags, ...tagSpecifications.map((one) => one.tags)].filter((map) => map !== undefined);
}

/** How many tags a thing has, the provider's included, and how many it may have. */
function tagCounts(resources: readonly RecordedResource[]): readonly (readonly [string, number, number])[] {
  const provided = resources.filter(({ type }) => type === "pulumi:providers:aws").flatMap(tagsOf);
  const count = (...maps: readonly object[]) => new Set(maps.flatMap((map) => Object.keys(map))).size;
  return resources.filter(isOfAws).flatMap(({ type, name, inputs }) => {
    const { tags = {}, tagSpecifications = [] } = inputs as {
      tags?: object;
      tagSpecifications?: { resourceType: string; tags: object }[];
    };
    return [
      // Route 53 takes ten in one request, and the provider sends all in one.
      [`${type} ${name}`, count(tags, ...provided), type === "aws:route53/zone:Zone" ? 10 : 50] as const,
      // EKS gives a node five.
      ...tagSpecifications.map((one) => [`${name} ${one.resourceType}`, count(one.tags), 45] as const),
    ];
  });
}

/** What stands in AWS' documentation only. */
const unwritten: readonly (readonly [what: string, holds: (resource: RecordedResource) => boolean])[] = [
  [
    "a security group's rule is described in EC2's characters",
    ({ type, inputs }) =>
      !type.startsWith("aws:vpc/securityGroup") ||
      /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/.test(String(inputs.description)),
  ],
  [
    "tags have the characters that every service takes, none of AWS' own keys, and values of at most 256",
    (resource) =>
      tagsOf(resource).every((tags) =>
        Object.entries(tags).every(
          ([key, value]) =>
            /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu.test(key) &&
            /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(value),
        ),
      ),
  ],
  [
    "no two keys of tags differ in case only",
    (resource) =>
      tagsOf(resource).every((tags) => {
        const keys = ["Name", ...Object.keys(tags).filter((key) => key !== "Name")];
        return new Set(keys.map((key) => key.toLowerCase())).size === keys.length;
      }),
  ],
  [
    "a certificate's first name has at most 64 characters, and it has ten names at most",
    ({ type, inputs }) =>
      type !== "aws:acm/certificate:Certificate" ||
      (String(inputs.domainName).length <= 64 && ((inputs.subjectAlternativeNames ?? []) as unknown[]).length <= 9),
  ],
  [
    "a node's label has a value",
    ({ type, inputs }) =>
      type !== "aws:eks/nodeGroup:NodeGroup" || Object.values(inputs.labels ?? {}).every((value) => value !== ""),
  ],
  [
    "the public endpoint has 40 ranges at most",
    ({ type, inputs }) => type !== "eks:index:Cluster" || ((inputs.publicAccessCidrs ?? []) as unknown[]).length <= 40,
  ],
];

describe("what AWS is asked for", () => {
  for (const [stack, record] of Object.entries(stacks))
    describe(`by ${stack}`, function () {
      this.timeout(180_000);
      let resources: RecordedResource[];
      before(async () => {
        resources = await record();
        assert.ok(resources.filter(isOfAws).length > 20);
      });

      it("keeps to AWS' own models", () => {
        assert.deepEqual([...new Set(resources.filter(isOfAws).flatMap(refused))], []);
      });

      it("gives nothing more tags than AWS takes", () => {
        assert.deepEqual(
          tagCounts(resources).filter(([, count, most]) => count > most),
          [],
        );
      });

      for (const [what, holds] of unwritten)
        it(`keeps to what stands in no model: ${what}`, () => {
          assert.deepEqual(
            resources.filter((resource) => !holds(resource)).map(({ type, name }) => `${type} ${name}`),
            [],
          );
        });
    });

  it("has as many tags as AWS takes, where the stack file has as many as it may", async () => {
    const counts = tagCounts((await stacks["a stack with the longest of everything"]?.()) ?? []);
    const full = counts.filter(([, count, most]) => count === most).map(([thing]) => thing.replace(/ .* /, " … "));
    assert.ok(
      full.some((thing) => thing.startsWith("aws:ec2/subnet:Subnet")),
      full.join("\n"),
    );
    assert.ok(
      full.some((thing) => thing.endsWith(" instance")),
      full.join("\n"),
    );
  });

  it("is judged at all: a wrong value of each kind is found", () => {
    const found = (type: string, inputs: Record<string, unknown>) =>
      refused({ urn: "", type, name: "own", inputs, outputs: {}, dependencies: [] });
    const role = { assumeRolePolicy: {}, description: "of – mine" };
    assert.match(found("aws:iam/role:Role", role).join(), /^aws:iam\/role:Role own\.description: .* is not /);
    assert.deepEqual(found("aws:eks/nodeGroup:NodeGroup", { labels: { a: "" } }), [
      "aws:eks/nodeGroup:NodeGroup own.labels: 0 characters is not between 1 and 63",
      "aws:eks/nodeGroup:NodeGroup own: eks:CreateNodegroup requires clusterName",
      "aws:eks/nodeGroup:NodeGroup own: eks:CreateNodegroup requires subnets",
      "aws:eks/nodeGroup:NodeGroup own: eks:CreateNodegroup requires nodeRole",
    ]);
    assert.deepEqual(found("aws:ec2/vpc:Vpc", { cidr: "10.0.0.0/16" }), [
      "aws:ec2/vpc:Vpc own.cidr: the table doesn't know cidr",
    ]);
    assert.deepEqual(found("aws:s3/bucket:Bucket", {}), ["aws:s3/bucket:Bucket is not in the table"]);
    assert.match(
      found("aws:eks/addon:Addon", { clusterName: "c", addonName: "a", resolveConflictsOnCreate: "ASK" }).join(),
      /"ASK" is none of OVERWRITE/,
    );
    assert.match(
      found("aws:iam/role:Role", { assumeRolePolicy: {}, description: "d".repeat(1001) }).join(),
      /1001 characters/,
    );
  });
});
