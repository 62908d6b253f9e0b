import assert from "node:assert/strict";
import { istioVersion as installed } from "../../../components/versions";
import { istioVersion } from "../../../policies/istiod/version";
import { istioVersion as inLab } from "../../lab/tools/tools";

const minorOf = (version: string): string => version.split(".").slice(0, 2).join(".");

describe("what policies know of istiod's webhook", () => {
  it("is of the Istio minor that is installed, and that the lab asks", () => {
    assert.deepEqual([minorOf(installed), minorOf(inLab)], [istioVersion, istioVersion]);
  });
});
