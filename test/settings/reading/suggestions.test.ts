import assert from "node:assert/strict";
import { closest } from "../../../components/settings/reading/suggestions";

describe("closest", () => {
  const names = ["domain", "network", "cluster", "nodeGroups"];

  const near = [
    ["domian", "domain"],
    ["network", "network"],
    ["NETWORK", "network"],
    ["nodegroups", "nodeGroups"],
    ["clutser", "cluster"],
  ] as const;
  for (const [typo, meant] of near) {
    it(`takes ${typo} for ${meant}`, () => {
      assert.equal(closest(typo, names), meant);
    });
  }

  for (const other of ["monitoring", "d", "tags"]) {
    it(`takes ${other} for none of them`, () => {
      assert.equal(closest(other, names), undefined);
    });
  }

  it("takes the beginning of a name for the whole", () => {
    assert.equal(closest("warn", ["trace", "warning", "off"]), "warning");
  });

  it("takes swapped letters for the name with the same ones, before any that begins like them", () => {
    assert.deepEqual([closest("prot", ["protocol", "port"]), closest("asw", ["eks-istio", "aws"])], ["port", "aws"]);
  });

  it("gives the name in its own spelling", () => {
    assert.equal(closest("amazoneksviewpolicy", ["AmazonEKSEditPolicy", "AmazonEKSViewPolicy"]), "AmazonEKSViewPolicy");
  });

  for (const number of ["31", "1.28", "1.31.0", "v3"]) {
    it(`takes the number ${number} for no other`, () => {
      assert.equal(closest(number, ["30", "1.29", "1.31.1", "v1"]), undefined);
    });
  }

  it("takes nothing at all for none of them", () => {
    assert.equal(closest("", ["a", "b"]), undefined);
  });

  it("finds nothing among nothing", () => {
    assert.equal(closest("domain", []), undefined);
  });
});
