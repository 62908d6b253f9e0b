import assert from "node:assert/strict";
import fc from "fast-check";
import { appsInMesh } from "../../components/manifests/apps-in-mesh";
import { problemsOf, settingsOf } from "../stack";
import { arbitraryApp } from "./arbitrary-app";
import { everyFeature } from "./every-feature";
import { appObjects, stackObjects } from "./objects";
import { violations } from "./validate";

/** Violations of all objects, each with the object it is in. */
async function allViolations(objects: readonly object[]): Promise<string[]> {
  const found = await Promise.all(objects.map(violations));
  return found.flatMap((each, index) =>
    each.map((violation) => `${(objects[index] as { readonly kind: string }).kind} ${violation}`),
  );
}

describe("what the builders give", () => {
  it("keeps to its schema for the smallest stack", async () => {
    const objects = stackObjects(settingsOf());
    assert.deepEqual(
      objects.map((object) => (object as { readonly kind: string }).kind),
      ["Namespace", "PeerAuthentication", "Gateway", "Service"],
    );
    assert.deepEqual(await allViolations(objects), []);
  });

  it("keeps to its schema for a stack with every feature", async () => {
    const objects = stackObjects(settingsOf(everyFeature));
    const kinds = new Set(objects.map((object) => (object as { readonly kind: string }).kind));
    assert.deepEqual([...kinds].sort(), [
      "AuthorizationPolicy",
      "Deployment",
      "DestinationRule",
      "EnvoyFilter",
      "Gateway",
      "HorizontalPodAutoscaler",
      "Namespace",
      "NetworkPolicy",
      "PeerAuthentication",
      "PodDisruptionBudget",
      "Service",
      "ServiceAccount",
      "ServiceEntry",
      "Sidecar",
      "VirtualService",
    ]);
    assert.deepEqual(await allViolations(objects), []);
  });

  it("keeps to its schema for applications of all sorts", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryApp, async (input) => {
        const stack = { "eks-istio:apps": { checkout: input } };
        assert.deepEqual(problemsOf(stack), []);
        const [app] = appsInMesh(settingsOf(stack));
        assert.deepEqual(await allViolations(appObjects(app!)), []);
      }),
      { numRuns: 300 },
    );
  });
});
