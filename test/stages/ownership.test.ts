import assert from "node:assert/strict";
import { planned } from "./support";
import type { RecordedResource } from "../../cli/plan/record";

/** Whether an update of an object takes back what others changed. */
function takesBack({ inputs }: RecordedResource): boolean {
  const { annotations } = (inputs.metadata ?? {}) as { annotations?: Readonly<Record<string, string>> };
  return annotations?.["pulumi.com/patchForce"] === "true";
}

describe("what others changed", () => {
  const workload = { image: "registry.example.com/checkout:1.4.2" };
  const app = { host: "checkout", namespace: "shop", port: 8080, timeout: "5s", workload };

  it("is taken back on objects of those kinds that are the stack's alone, and on no others", async () => {
    const { resources } = await planned({
      apps: { checkout: { ...app, loadBalancer: { simple: "RANDOM" } } },
      mesh: { mtls: { overrides: { legacy: { namespace: "shop", mode: "PERMISSIVE" } } } },
    });
    const objects = resources.filter(({ type }) => /^kubernetes:(?!helm|storage)/.test(type));
    const kinds = (takes: boolean) =>
      [...new Set(objects.filter((each) => takesBack(each) === takes).map(({ inputs }) => inputs.kind))].sort();
    assert.deepEqual(
      { takenBack: kinds(true), left: kinds(false) },
      {
        takenBack: [
          "DestinationRule",
          "Gateway",
          "Namespace",
          "PeerAuthentication",
          "PodDisruptionBudget",
          "Service",
          "ServiceAccount",
          "VirtualService",
        ],
        left: ["Deployment", "HorizontalPodAutoscaler"],
      },
    );
  });

  it("stays on the routes of an application with several versions: somebody may have moved its weights", async () => {
    const versions = { v1: { weight: 100 }, v2: { weight: 0 } };
    const { resources } = await planned({ apps: { checkout: { ...app, versions } } });
    const rules = resources.filter(({ type }) => /:(VirtualService|DestinationRule)$/.test(type));
    assert.deepEqual(Object.fromEntries(rules.map((each) => [each.name, takesBack(each)])), {
      "shop-app-checkout-destination-rule": true,
      "shop-app-checkout-ingress": false,
      "shop-app-checkout-mesh": false,
    });
  });

  it("leaves an object's own annotations where they are", async () => {
    const { resources } = await planned({
      mesh: { access: { default: "dryRun" } },
      apps: { checkout: { ...app, access: [{ from: [{ gateway: "default" }] }] } },
    });
    const policies = resources.filter(({ type }) => type.endsWith(":AuthorizationPolicy"));
    assert.deepEqual(
      policies.map(({ inputs }) => (inputs.metadata as { annotations: object }).annotations),
      Array.from({ length: 3 }, () => ({ "istio.io/dry-run": "true", "pulumi.com/patchForce": "true" })),
    );
  });
});
