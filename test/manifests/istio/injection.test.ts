import assert from "node:assert/strict";
import { injectionLabels } from "../../../components/manifests/istio/injection";

describe("the label of a namespace that istiod's webhook injects", () => {
  it("names a control plane's revision, where it has one, and nothing beside it", () => {
    assert.deepEqual(injectionLabels(undefined), { "istio-injection": "enabled" });
    assert.deepEqual(injectionLabels("canary"), { "istio.io/rev": "canary" });
  });
});
