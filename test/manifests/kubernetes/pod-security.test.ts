import assert from "node:assert/strict";
import { enforced, podSecurityLabels, podSecurityVersion } from "../../../components/manifests/kubernetes/pod-security";
import { eksVersions } from "../../../components/versions";

describe("Pod Security", () => {
  it("refuses pods beyond a level", () => {
    assert.deepEqual(enforced("baseline"), {
      "pod-security.kubernetes.io/enforce": "baseline",
      "pod-security.kubernetes.io/enforce-version": podSecurityVersion,
    });
  });

  it("warns of pods in a namespace of applications, and refuses none", () => {
    assert.deepEqual(Object.keys(podSecurityLabels()), [
      "pod-security.kubernetes.io/warn",
      "pod-security.kubernetes.io/warn-version",
      "pod-security.kubernetes.io/audit",
      "pod-security.kubernetes.io/audit-version",
    ]);
  });

  it("refuses them where a level is given", () => {
    assert.deepEqual(podSecurityLabels("restricted"), { ...podSecurityLabels(), ...enforced("restricted") });
  });

  // An API server takes a newer version than its own for "latest".
  it("is of a version that every cluster knows", () => {
    assert.equal(podSecurityVersion, `v${eksVersions[0]}`);
  });
});
