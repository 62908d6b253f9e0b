import assert from "node:assert/strict";
import { architectureOf } from "../../../components/settings/cluster/architecture";

describe("architectureOf", () => {
  for (const type of [
    "a1.large",
    "t4g.medium",
    "m7g.large",
    "m8gd.large",
    "c7gn.large",
    "im4gn.large",
    "x2gd.large",
    "i8ge.large",
    "hpc7g.4xlarge",
  ]) {
    it(`takes ${type} for arm64`, () => {
      assert.equal(architectureOf(type), "arm64");
    });
  }

  for (const type of [
    "m6i.large",
    "m7i-flex.large",
    "m7a.large",
    "g5.xlarge",
    "g6e.xlarge",
    "gr6.4xlarge",
    "p5en.48xlarge",
    "u7i-12tb.224xlarge",
    "mac1.metal",
  ]) {
    it(`takes ${type} for x86_64`, () => {
      assert.equal(architectureOf(type), "x86_64");
    });
  }

  it("takes g5g for arm64, and its sibling g5 for x86_64", () => {
    assert.deepEqual([architectureOf("g5g.xlarge"), architectureOf("g5.xlarge")], ["arm64", "x86_64"]);
  });
});
