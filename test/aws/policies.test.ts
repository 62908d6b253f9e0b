import assert from "node:assert/strict";
import type { RecordedResource } from "../../cli/plan/record";
import { models } from "./models";
import { actionsOf, stacks, statementsOf, type Statement } from "./stacks";

const list = (value: string | readonly string[] = []) => [value].flat();

/** Whether a text may stand for a template of IAM's reference: `${Name}` for anything, as `*` and `?` do in an ARN. */
function matches(text: string, template: string): boolean {
  const parts = template.split(/\$\{\w+\}/).map((part) => part.replace(/[.*+?^$()[\]{}|\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".+")}$`).test(text.replaceAll("*", "any"));
}

/**
 * The keys that a request of an AWS service for itself has, whatever it asks for: IAM's reference lists no global keys by action.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceaccount
 */
const ofServices = ["aws:SourceAccount"];

/** What IAM would make nothing of: an action that isn't there, a condition it doesn't have, a resource that it isn't about. */
function mistakes({ Action, Resource, Condition = {}, Principal }: Statement): string[] {
  const global = Principal?.Service === undefined ? [] : ofServices;
  const keys = Object.values(Condition)
    .flatMap((map) => Object.keys(map))
    .filter((key) => !global.includes(key));
  return list(Action).flatMap((action) => {
    const known = models.actions[action];
    if (!known) return [`${action} is no action`];
    // A trust policy is about the role that it is in.
    const resources = list(Resource).filter((resource) => resource !== "*" && !resource.includes("[unknown]"));
    const fits = resources.some((resource) => known.resources.some((template) => matches(resource, template)));
    return [
      ...keys
        .filter((key) => !known.conditions.some((template) => matches(key, template)))
        .map((key) => `${action} has no condition ${key}`),
      ...(resources.length > 0 && !fits ? [`${action} is not about ${resources.join(", ")}`] : []),
    ];
  });
}

describe("our policy documents", () => {
  for (const stack of ["Pulumi.dev.yaml", "Pulumi.prod.yaml", "a stack with everything"])
    describe(`of ${stack}`, () => {
      let resources: readonly RecordedResource[];
      before(async () => {
        resources = (await stacks[stack]?.()) ?? [];
      });

      it("name actions, conditions and resources that IAM knows, each for the other", () => {
        const statements = statementsOf(resources);
        assert.ok(actionsOf(statements).length > 50);
        assert.deepEqual([...new Set(statements.flatMap(mistakes))], []);
      });
    });

  it("are judged at all", () => {
    const statement = {
      Effect: "Allow",
      Action: ["ec2:MakeCoffee", "elasticloadbalancing:DeleteListener"],
      Resource: "arn:aws:elasticloadbalancing:*:*:loadbalancer/net/*/*",
      Condition: { StringEquals: { "elasticloadbalancing:CreateAction": "CreateListener" } },
    };
    assert.deepEqual(mistakes(statement), [
      "ec2:MakeCoffee is no action",
      "elasticloadbalancing:DeleteListener has no condition elasticloadbalancing:CreateAction",
      "elasticloadbalancing:DeleteListener is not about arn:aws:elasticloadbalancing:*:*:loadbalancer/net/*/*",
    ]);
  });

  it("may name the account that a service acts for, where it is a service that is trusted", () => {
    const statement = {
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
    };
    assert.deepEqual(mistakes({ ...statement, Principal: { Service: "vpc-flow-logs.amazonaws.com" } }), []);
    assert.deepEqual(mistakes(statement), ["sts:AssumeRole has no condition aws:SourceAccount"]);
  });
});
