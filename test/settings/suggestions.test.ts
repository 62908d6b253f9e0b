import assert from "node:assert/strict";
import { closest } from "../../components/settings/suggestions";

describe("closest", () => {
  const names = ["domain", "network", "cluster", "nodeGroups"];

  const near = [["domian", "domain"], ["network", "network"], ["NETWORK", "network"], ["nodegroups", "nodeGroups"], ["clutser", "cluster"]] as const;
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

  it("finds nothing among nothing", () => {
    assert.equal(closest("domain", []), undefined);
  });
});
