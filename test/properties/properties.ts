import fc from "fast-check";
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { planOf } from "../../cli/plan/plan";
import { evaluate, findingText } from "../../policies/engine/evaluate";
import { Inventory } from "../../policies/engine/inventory";
import { rules } from "../../policies/rules";
import { noSettings } from "../../policies/engine/settings";
import { fromPlan } from "../../policies/sources/plan";
import { violations } from "../schemas/validate";
import { problemsOf, recorded } from "../stack";
import { mutated } from "./mutations";
import { validStack } from "./valid-stacks";
import { sampleConfig } from "../samples";

/** 1,000 runs of the longest property; PROPERTY_RUNS=20000 for a night's worth. */
const numRuns = Number(process.env.PROPERTY_RUNS ?? 1000);

/** Milliseconds after which a plan counts as hanging: a defect, and none that should hang the tests. */
const timeout = 60_000;

/** What a stack file can ask for against a rule. Whatever else a rule found, the program would be to blame for. */
const choices: Readonly<Record<string, string>> = {
  "AWS-DNS-SCHEME": "an internal gateway under a public zone",
  "AWS-EKS-DELETION": "no protection against deletion",
  "AWS-EKS-VERSION": "an old Kubernetes",
  "AWS-FLOW-LOGS": "no flow logs",
  "AWS-NAT-ZONES": "one NAT gateway for all zones",
  "AWS-NLB-DELETION-PROTECTION": "no protection against deletion",
  "AWS-NODE-CAPACITY": "spot capacity of one instance type",
  "AWS-ZONE-DNSSEC": "a zone of its own, whose keys the registrar has to know",
  "AWS-ZONE-QUERY-LOG": "a zone of its own, whose log group is in another region",
  "IST-AUTHZ-DEFAULT": "an application that everybody in the mesh may call",
  "IST-AUTHZ-DRY-RUN": "rules of access that are only counted",
  "IST-AUTHZ-NAMESPACE": "callers of a namespace that others make",
  "IST-DESTINATION-HOST": "settings for a Service that others make",
  "IST-INJECTION": "an application without a sidecar",
  "IST-JWKS-ADDRESS": "tokens whose keys istiod fetches",
  "IST-MTLS-MESH": "plain text for the whole mesh",
  "IST-MTLS-WEAKENED": "plain text for some workloads",
  "IST-POLICY-SELECTOR": "plain text for workloads that aren't here",
  "IST-ROUTE-DESTINATION": "a route to a Service that others make",
  "IST-ROUTE-OVERLAP": "two routes for one request",
  "IST-ROUTE-UNREACHABLE": "a route behind another for the same requests",
  "IST-SIDECAR-EGRESS": "calls of a Service that others make",
  "K8S-AUTOSCALER": "as many pods at most as at least",
  "K8S-REPLICAS": "a single pod",
};

/** How many files share the runs of the longest property, so that mocha can run them side by side. */
const shares = readdirSync(__dirname).filter((name) => /^whole-plan-\d+\.test\.ts$/.test(name)).length;

type Keys = Record<string, unknown>;

async function plan(keys: Keys) {
  return planOf("eks-istio", "dev", "ap-northeast-2", await recorded(keys));
}

/** A share of the runs. What a valid stack file makes is whole, and valid in its turn. */
export function wholePlan(): void {
  describe("any stack file", function () {
    this.timeout(0);

    it("that is valid gives a whole plan", async () => {
      await fc.assert(
        fc.asyncProperty(validStack, async (keys) => {
          fc.pre(problemsOf(keys).length === 0);
          const { resources, manifests, urls } = await plan(keys);
          const apps = Object.entries(
            (keys["eks-istio:apps"] ?? {}) as Record<
              string,
              { readonly host?: string; readonly hosts?: readonly unknown[]; readonly namespace: string }
            >,
          );
          assert.equal(new Set(resources.map(({ urn }) => urn)).size, resources.length);
          assert.equal(resources.filter(({ type }) => type === "eks-istio:stage:App").length, apps.length);
          assert.deepEqual(
            Object.entries(urls)
              .map(([name, own]) => [name, new Set(own).size])
              .sort(),
            apps
              .map(([name, { host, hosts = [] }]) => [name, host === undefined ? hosts.length : 1] as const)
              .filter(([, count]) => count > 0)
              .sort(),
          );
          const objects = manifests.map(
            ({ apiVersion, kind, metadata }) => `${apiVersion} ${kind} ${metadata.namespace ?? ""}/${metadata.name}`,
          );
          assert.equal(new Set(objects).size, objects.length, `two objects of one name: ${objects.sort().join("\n")}`);
          const namespaces = new Set(
            manifests.filter(({ kind }) => kind === "Namespace").map(({ metadata }) => metadata.name),
          );
          for (const manifest of manifests) assert.deepEqual(await violations(manifest), [], JSON.stringify(manifest));
          for (const { metadata } of manifests)
            assert.ok(
              metadata.namespace === undefined || namespaces.has(metadata.namespace),
              `nobody makes namespace ${metadata.namespace}`,
            );
        }),
        { numRuns: Math.ceil(numRuns / shares), timeout },
      );
    });
  });
}

/** What a valid stack file makes breaks no rule. */
export function keepsRules(production: boolean): void {
  describe("any stack file", function () {
    this.timeout(0);

    it(`that is valid breaks no rule, ${production ? "in production" : "elsewhere"}, but for what it asks for`, async () => {
      await fc.assert(
        fc.asyncProperty(validStack, async (keys) => {
          fc.pre(problemsOf(keys).length === 0);
          const inventory = new Inventory(fromPlan(await recorded(keys)), { production });
          const { findings, unjudged } = evaluate(inventory, rules, noSettings);
          assert.deepEqual(findings.filter(({ rule }) => !(rule in choices)).map(findingText), []);
          assert.deepEqual(
            unjudged.filter(({ defect }) => defect),
            [],
          );
        }),
        { numRuns: Math.ceil(numRuns / 40), timeout },
      );
    });
  });
}

/** A sample with mistakes in it never crashes the program. */
export function slips(stack: "dev" | "prod"): void {
  describe("any stack file", function () {
    this.timeout(0);

    const sample: Keys = sampleConfig(stack);

    it(`that is Pulumi.${stack}.yaml with slips of the hand gives a plan or problems, and nothing else`, async () => {
      await fc.assert(
        fc.asyncProperty(mutated(sample), async (keys) => {
          const problems = problemsOf(keys as Keys);
          for (const { key, rule, fix } of problems)
            assert.ok(key !== "" && rule !== "" && fix !== "", JSON.stringify({ key, rule, fix }));
          if (problems.length === 0) assert.ok((await plan(keys as Keys)).resources.length > 0);
        }),
        { numRuns: Math.ceil(numRuns / 2), timeout },
      );
    });
  });
}
