import assert from "node:assert/strict";
import { sharesOf } from "../../../components/settings/apps/shares";

describe("shares of requests", () => {
  it("are all for one alone, unless it says otherwise", () => {
    assert.deepEqual([sharesOf([undefined]), sharesOf([100]), sharesOf([0])], [[100], [100], [0]]);
  });

  it("are nothing for those that say nothing among several", () => {
    assert.deepEqual(sharesOf([90, 10, undefined]), [90, 10, 0]);
  });

  it("are none of nothing", () => {
    assert.deepEqual(sharesOf([]), []);
  });
});
