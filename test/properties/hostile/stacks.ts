import fc from "fast-check";
import assert from "node:assert/strict";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { annotations } from "../../../cli/plan/annotations";
import { planOf } from "../../../cli/plan/plan";
import { record } from "../../../cli/plan/record";
import { readStackFile, type StackFile } from "../../../cli/plan/stack-file";
import { planText } from "../../../cli/plan/text";
import { Platform } from "../../../components/platform";
import { SettingsError } from "../../../components/settings/errors";
import { filesBelow } from "../../../components/settings/reading/project-files";
import { located } from "../../../components/settings/reading/located";
import { parseSettings } from "../../../components/settings/settings";
import { judge } from "../../../policies/judge";
import { fromPlan } from "../../../policies/sources/plan";
import { everyFeature } from "../../schemas/every-feature";
import { sampleConfig } from "../../samples";
import { smallest } from "../../stack";
import { validStack } from "../valid-stacks";
import { bounded } from "./bounded";
import { hostile } from "./documents";
import { objects } from "./objects";
import { assertPlain, assertSecret } from "./plain-text";
import { reach } from "./reach";
import { keyMark, mark } from "./texts";

/** A project's folder. */
export interface StackInput {
  /** The stack file. */
  readonly stack: string;
  /** A file of objects of one's own. */
  readonly own: string;
}

const config = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(sampleConfig("dev"), sampleConfig("prod")) },
  { weight: 1, arbitrary: fc.constant({ ...smallest, ...(parse(everyFeature) as object) }) },
  { weight: 2, arbitrary: fc.constant(parse(reach) as object) },
  { weight: 1, arbitrary: validStack },
);

/** A stack file that somebody with bad intent had in hands, and what lies beside it. */
export const stackInput: fc.Arbitrary<StackInput> = fc.record({
  stack: config.chain((keys) => hostile({ config: keys })),
  own: fc.oneof(
    {
      weight: 2,
      arbitrary: fc.constant("apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: own, namespace: shop}\n"),
    },
    { weight: 1, arbitrary: fc.constantFrom(...objects).chain(hostile) },
  ),
});

const sound =
  "apiVersion: cert-manager.io/v1\nkind: Issuer\nmetadata: {name: a, namespace: shop}\nspec: {selfSigned: {}}\n";

/** Fails unless the program answers with a plan, or with problems, in plain text. */
export async function assertAnswered(folder: string, { stack, own }: StackInput): Promise<"plan" | "problems"> {
  cpSync(join(__dirname, "..", "..", "..", "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
  for (const below of ["own", "more"]) mkdirSync(join(folder, below), { recursive: true });
  writeFileSync(join(folder, "own", "a.yaml"), own);
  writeFileSync(join(folder, "more", "a.yaml"), sound);
  writeFileSync(join(folder, "Pulumi.dev.yaml"), stack);
  let output: string;
  let answer: "plan" | "problems" = "plan";
  try {
    output = await planned(folder);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    assert.ok(error.problems.length > 0);
    for (const { key, rule, fix } of error.problems)
      assert.ok(key !== "" && rule !== "" && fix !== "", JSON.stringify({ key, rule, fix }));
    output = `${error.message}\n${annotations(error, folder, folder)}`;
    answer = "problems";
  }
  assertPlain(output);
  assertSecret(output, [stack, own], [mark, keyMark]);
  return answer;
}

/** What `npm start` does with a folder. */
async function planned(folder: string): Promise<string> {
  const read = bounded(() => readStackFile(folder, "dev"));
  const settings = { ...read.config, readFiles: filesBelow(folder) };
  try {
    const resources = await record(settings, () =>
      bounded(() => {
        const own = parseSettings(settings);
        return new Platform(own.cluster.name, { settings: own });
      }),
    );
    return bounded(() => {
      const { findings, unjudged } = judge(fromPlan(resources), { stack: "dev" });
      assert.deepEqual(
        unjudged.filter(({ defect }) => defect),
        [],
      );
      return planText({
        ...planOf("eks-istio", "dev", read.config.values["aws:region"] ?? "", resources),
        findings,
        unjudged,
      });
    });
  } catch (error) {
    throw inFile(error, read);
  }
}

function inFile(error: unknown, { config: own, source }: StackFile): unknown {
  const cause = error instanceof SettingsError ? error : error instanceof Error ? error.cause : undefined;
  return cause instanceof SettingsError ? bounded(() => located(cause, own, source)) : error;
}
