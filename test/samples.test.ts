import assert from "node:assert/strict";
import { planOf, type Plan } from "../cli/plan/plan";
import { violations } from "./schemas/validate";
import { recorded } from "./stack";
import { sampleConfig } from "./samples";

/** The sample stacks are what users begin from. */
describe("the sample stacks", () => {
  for (const stack of ["dev", "prod"] as const) {
    describe(`Pulumi.${stack}.yaml`, () => {
      let plan: Plan;

      before(async () => {
        plan = planOf("eks-istio", stack, "ap-northeast-2", await recorded(sampleConfig(stack), stack));
      });

      it("makes objects that keep to their schemas", async () => {
        for (const manifest of plan.manifests)
          assert.deepEqual(await violations(manifest), [], `${manifest.kind} ${manifest.metadata.name}`);
        assert.ok(plan.manifests.length > 10);
      });

      it("routes to services that it makes, or that others deploy", () => {
        const made = plan.manifests
          .filter(({ kind }) => kind === "Service")
          .map(({ metadata }) => `${metadata.name}.${metadata.namespace ?? ""}.svc.cluster.local`);
        const routed = new Set(
          JSON.stringify(plan.manifests.filter(({ kind }) => kind === "VirtualService")).match(
            /[a-z-]+\.[a-z-]+\.svc\.cluster\.local/g,
          ),
        );
        const others = {
          dev: ["membership.membership", "members.membership", "points.membership"],
          prod: ["checkout.checkout", "catalog.catalog"],
        }[stack];
        assert.deepEqual(
          [...routed].filter((host) => !made.includes(host)).sort(),
          others.map((name) => `${name}.svc.cluster.local`).sort(),
        );
      });
    });
  }
});
