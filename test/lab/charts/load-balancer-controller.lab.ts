import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { RecordedResource } from "../../../cli/plan/record";
import { loadBalancerController } from "../../../components/versions";
import type { KubernetesObject } from "../cluster/api";
import { loadBalancerControllerChart, renderChart, type Release, type Values } from "./charts";
import { assertShown } from "./shown";
import { devSample, everySetting, loadBalancerControllerRelease, planned } from "./stacks";

interface Webhook {
  readonly name: string;
  readonly failurePolicy: string;
  readonly namespaceSelector?: { readonly matchExpressions: readonly object[] };
  readonly rules: readonly { readonly resources: readonly string[] }[];
}

describe("the chart of the AWS Load Balancer Controller", () => {
  it("is of the major version that the program installs", () => {
    const { version } = parse(readFileSync(join(loadBalancerControllerChart(), "Chart.yaml"), "utf8")) as Values;
    const major = (each: unknown) => String(each).split(".")[0];
    assert.equal(major(version), major(loadBalancerController.version));
  });

  for (const stack of [devSample, everySetting])
    describe(`with the values of ${stack.title}`, () => {
      let plan: readonly RecordedResource[];
      let release: Release;
      let objects: readonly KubernetesObject[];
      before(async () => {
        plan = await planned(stack);
        release = loadBalancerControllerRelease(plan);
        objects = await renderChart(loadBalancerControllerChart(), release);
      });

      const ofKind = (kind: string) => objects.filter((object) => object.kind === kind);
      const webhooksFor = (resource: string) =>
        ofKind("MutatingWebhookConfiguration")
          .flatMap(({ webhooks }) => webhooks as readonly Webhook[])
          .filter(({ rules }) => rules.some(({ resources }) => resources.includes(resource)));

      it("shows every value", async () => {
        // Helm asks the cluster for the Secret, which tells nothing before there is one; and without a class of Ingresses
        // there are no parameters of it in any case.
        const { keepTLSSecret: _, ingressClassParams: __, ...values } = release.values;
        await assertShown({ values }, async (changed) =>
          (await renderChart(loadBalancerControllerChart(), { ...release, values: changed })).map(withoutCertificates),
        );
      });

      it("runs as the ServiceAccount that AWS gives the role to", () => {
        const associations = plan.filter(
          ({ type }) => type === "aws:eks/podIdentityAssociation:PodIdentityAssociation",
        );
        const accounts = ofKind("ServiceAccount").map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
        assert.equal(accounts.length, 1);
        assert.ok(
          associations.some(
            ({ inputs }) => `${String(inputs.namespace)}/${String(inputs.serviceAccount)}` === accounts[0],
          ),
        );
      });

      it("stands in no Service's way", () => assert.deepEqual(webhooksFor("services"), []));

      it("lets no pod of a gateway start without its readiness gate", () => {
        const gate = webhooksFor("pods").find(({ name }) => name.startsWith("mpod."));
        assert.equal(gate?.failurePolicy, "Fail");
        const [key, value] = ["elbv2.k8s.aws/pod-readiness-gate-inject", "enabled"];
        assert.deepEqual(gate.namespaceSelector?.matchExpressions, [{ key, operator: "In", values: [value] }]);
        const gated = plan
          .filter(({ type }) => type === "kubernetes:core/v1:Namespace")
          .map(({ inputs }) => (inputs as unknown as KubernetesObject).metadata)
          .filter(({ labels }) => labels?.[key] === value);
        const gateways = plan.filter(({ inputs }) => (inputs.spec as Values | undefined)?.type === "LoadBalancer");
        assert.deepEqual(
          gated.map(({ name }) => name),
          gateways.map(({ inputs }) => (inputs as unknown as KubernetesObject).metadata.namespace),
        );
      });

      it("makes no class of Ingresses: the program has none", () =>
        assert.deepEqual([...ofKind("IngressClass"), ...ofKind("IngressClassParams")], []));
    });
});

/** An object without what each rendering makes anew. */
function withoutCertificates(object: KubernetesObject): unknown {
  const made = ["ca.crt", "tls.crt", "tls.key", "caBundle"];
  return JSON.parse(JSON.stringify(object, (key, value: unknown) => (made.includes(key) ? undefined : value)));
}
