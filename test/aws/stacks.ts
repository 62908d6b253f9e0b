import fc from "fast-check";
import type { RecordedResource } from "../../cli/plan/record";
import { validStack } from "../properties/valid-stacks";
import { problemsOf, recorded } from "../stack";
import { everything } from "../stages/everything";
import { stackKeys } from "../stages/support";
import { sampleConfig } from "../samples";

/** How many stack files of the property tests are held against AWS, always the same ones. */
const made = 100;

/** A stack with what AWS sees of every section, each value as long as it may be. */
const longest = {
  "aws:defaultTags": {
    tags: Object.fromEntries(["a", "b", "c", "d"].map((key) => [`${key}-provider`, "v".repeat(256)])),
  },
  ...stackKeys({
    ...everything,
    domain: { name: `${"d".repeat(50)}.example.com`, zone: { name: "example.com" }, certificate: {}, additional: [] },
    network: { zones: ["apne2-az1", "apne2-az2", "apne2-az3", "apne2-az4"], nat: "perZone" },
    cluster: {
      name: "c".repeat(31),
      publicAccessCidrs: Array.from({ length: 40 }, (_, n) => `203.0.113.${n}/32`),
      privateAccessCidrs: ["10.0.0.0/16", "10.8.0.0/24"],
      admins: { platform: "arn:aws:iam::123456789012:role/platform" },
      access: {
        support: {
          principalArn: "arn:aws:iam::123456789012:user/support",
          policy: "AmazonEKSViewPolicy",
          namespaces: ["shop"],
        },
      },
      nodeGroups: {
        default: {},
        ["n".repeat(20)]: {
          labels: { [`example.com/${"k".repeat(51)}`]: "v".repeat(63) },
          taints: [{ key: `example.com/${"k".repeat(51)}`, value: "v".repeat(63), effect: "NO_EXECUTE" }],
          releaseVersion: "1.35.4-20261105",
          diskSize: 16384,
          minSize: 0,
          desiredSize: 0,
        },
      },
      logs: { types: ["audit"], retentionDays: 3653 },
    },
    mesh: {},
    namespaces: {},
    apps: {
      rights: {
        namespace: "n".repeat(63),
        port: 8080,
        serviceAccount: "s".repeat(63),
        aws: {
          policies: Array.from({ length: 10 }, (_, n) => `arn:aws:iam::123456789012:policy/${`${n}`.padEnd(128, "p")}`),
          statements: [
            { actions: ["logs:PutLogEvents"], resources: [`arn:aws:logs:*:*:log-group:${"l".repeat(10_000)}`] },
          ],
        },
      },
    },
    tags: Object.fromEntries(Array.from({ length: 44 }, (_, n) => [`${n}`.padEnd(128, "k"), "v".repeat(256)])),
  }),
};

function sample(stack: "dev" | "prod"): Promise<RecordedResource[]> {
  return recorded(sampleConfig(stack), stack);
}

/** Stacks by name, each with how to record it: Pulumi's runtime records one at a time. */
export const stacks: Readonly<Record<string, () => Promise<RecordedResource[]>>> = {
  "Pulumi.dev.yaml": () => sample("dev"),
  "Pulumi.prod.yaml": () => sample("prod"),
  "a stack with everything": () => recorded(stackKeys(everything)),
  "a stack with the longest of everything": () => recorded(longest),
  "stack files of any kind": async () => {
    const all: RecordedResource[] = [];
    const samples = fc.sample(validStack, { seed: 20261128, numRuns: 4 * made });
    for (const keys of samples.filter((one) => problemsOf(one).length === 0).slice(0, made))
      all.push(...(await recorded(keys)));
    return all;
  },
};

interface PolicyDocument {
  readonly Statement: readonly Statement[];
}

export interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  readonly Principal?: { readonly Service?: string };
}

/** The statements of every policy document in a recording. */
export function statementsOf(resources: readonly RecordedResource[]): readonly Statement[] {
  return resources.flatMap(({ inputs }) =>
    [inputs.policy, inputs.assumeRolePolicy].flatMap((document) => {
      const value: unknown = typeof document === "string" && document.startsWith("{") ? JSON.parse(document) : document;
      return typeof value === "object" && value !== null ? (value as PolicyDocument).Statement : [];
    }),
  );
}

/** The actions of statements, each once. */
export function actionsOf(statements: readonly Statement[]): readonly string[] {
  return [...new Set(statements.flatMap(({ Action }) => Action))].sort();
}
