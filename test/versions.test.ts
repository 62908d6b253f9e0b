import assert from "node:assert/strict";
import { addonVersions, eksVersions, istioSupport, istioVersion, type AddonName } from "../components/versions";

/** `v1.23.1-eksbuild.4` as numbers that can be compared. */
function numbers(version: string): number[] {
  return (version.match(/\d+/g) ?? []).map(Number);
}

function compare(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((part, place) => part !== b[place]);
  return index < 0 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}

describe("pinned versions", () => {
  it("take no add-on back when Kubernetes moves on", () => {
    const older = eksVersions.slice(1).flatMap((version, index) => {
      const [before, after] = [addonVersions[eksVersions[index]!]!, addonVersions[version]!];
      return (Object.keys(after) as AddonName[])
        .filter((name) => compare(numbers(after[name]), numbers(before[name])) < 0)
        .map((name) => `${name} in ${version}`);
    });
    assert.deepEqual(older, []);
  });

  it("have a kube-proxy of each Kubernetes", () => {
    for (const version of eksVersions)
      assert.ok(addonVersions[version]?.["kube-proxy"].startsWith(`v${version}.`), version);
  });

  it("install an Istio that runs on every Kubernetes there is", () => {
    assert.deepEqual(
      eksVersions.filter((version) => !istioSupport[istioVersion.split(".").slice(0, 2).join(".")]?.includes(version)),
      [],
    );
  });
});
