import type {
  Policies,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import * as proxies from "@pulumi/policy/proxy";
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { policiesOf } from "../../policies/pack";
import { imageTag } from "../../policies/rules/kubernetes/image-tag";

/** What CrossGuard itself wraps properties in; its types leave it out. */
const { unknownCheckingProxy } = proxies as unknown as { readonly unknownCheckingProxy: <T>(props: T) => T };

const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

interface Fake {
  readonly type: string;
  readonly name: string;
  readonly inputs: object;
}

const deployment = (name: string, image: string, namespace = "shop"): Fake => ({
  type: "kubernetes:apps/v1:Deployment",
  name,
  inputs: {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace },
    spec: { template: { spec: { containers: [{ image }, { image: "b:1", env: [{ value: unknownText }] }] } } },
  },
});

/** Does what CrossGuard does in one run, on a first preview: a stack policy sees no properties. */
function runs(policies: Policies, resources: readonly Fake[], config: Readonly<Record<string, object>> = {}): string[] {
  const seen = resources.map(({ type, name, inputs }) => ({
    type,
    name,
    urn: `urn:pulumi:dev::p::${type}::${name}`,
    props: unknownCheckingProxy(inputs),
  }));
  const lines: string[] = [];
  const getConfig = (name: string) => () => config[name] ?? {};
  for (const resource of seen)
    for (const policy of policies as ResourceValidationPolicy[]) {
      const validate = policy.validateResource as
        ((args: ResourceValidationArgs, report: () => void) => void) | undefined;
      validate?.({ ...resource, getConfig: getConfig(policy.name) } as unknown as ResourceValidationArgs, () =>
        assert.fail(),
      );
    }
  for (const policy of policies as Partial<StackValidationPolicy>[])
    void policy.validateStack?.(
      {
        resources: seen.map((one) => ({ ...one, props: unknownCheckingProxy({}), dependencies: [] })),
        getConfig: getConfig(policy.name ?? ""),
      } as unknown as StackValidationArgs,
      (message, urn) => lines.push(`${policy.name ?? ""} ${message.split(":")[0]!} ${urn?.split("::").at(-1) ?? ""}`),
    );
  return lines;
}

const finding = (name: string) => `eks-istio-mandatory K8S-IMAGE-TAG  Deployment shop/${name} ${name}`;

describe("the policy pack", () => {
  it("judges inputs on a first preview, where a stack policy sees none", () => {
    assert.deepEqual(runs(policiesOf([imageTag]), [deployment("web", "nginx"), deployment("db", "pg:1")]), [
      finding("web"),
    ]);
  });

  it("says once a rule what an unknown kept it from judging, and judges the rest", () => {
    assert.deepEqual(
      runs(policiesOf([imageTag]), [
        deployment("a", unknownText),
        deployment("b", unknownText),
        deployment("c", "nginx"),
      ]),
      [
        finding("c"),
        "eks-istio-advisory K8S-IMAGE-TAG  Deployment shop/a could not be judged because spec.template.spec.containers[0].image is unknown. Nor could 1 more. ",
      ],
    );
  });

  it("begins anew with each run", () => {
    const policies = policiesOf([imageTag]);
    assert.deepEqual(runs(policies, [deployment("web", "nginx")]), [finding("web")]);
    assert.deepEqual(runs(policies, [deployment("web", "nginx:1")]), []);
    assert.deepEqual(runs(policies, [deployment("web", "nginx")]), [finding("web")]);
    assert.deepEqual(runs(policies, []), []);
  });

  it("takes levels from either policy's configuration", () => {
    for (const name of ["eks-istio-mandatory", "eks-istio-advisory"])
      assert.deepEqual(
        runs(policiesOf([imageTag]), [deployment("web", "nginx")], {
          [name]: { rules: { "K8S-IMAGE-TAG": "advisory" } },
        }),
        ["eks-istio-advisory K8S-IMAGE-TAG  Deployment shop/web web"],
      );
  });

  it("tells once what is wrong with the configuration, and stops", () => {
    assert.deepEqual(
      runs(policiesOf([imageTag]), [deployment("web", "nginx")], {
        "eks-istio-advisory": { rules: { "K8S-IMAGE-TAGS": "off" } },
      }),
      [
        "eks-istio-mandatory The policies' configuration has 1 problem.\n\n  eks-istio-advisory.rules.K8S-IMAGE-TAGS is no rule. Did you mean K8S-IMAGE-TAG? ",
      ],
    );
  });

  it("never imports the program's builders", () => {
    const folder = join(__dirname, "..", "..", "policies");
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".ts"),
    ))
      assert.doesNotMatch(readFileSync(join(folder, name), "utf8"), /from "(\.\.\/)+(components|cli)\//, name);
  });
});
