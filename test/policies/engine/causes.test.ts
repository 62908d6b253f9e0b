import assert from "node:assert/strict";
import { byCause } from "../../../policies/engine/causes";
import { findingText, type Finding } from "../../../policies/engine/evaluate";

const finding = (rule: string, resource: string, rest: Partial<Finding> = {}): Finding => ({
  rule,
  severity: "mandatory",
  resource,
  path: "spec.host",
  message: "no Service web exists.",
  fix: "Write another.",
  ...rest,
});

describe("findings of one cause", () => {
  const cause = "Service shop/web is missing";

  it("are told as the first, with the places of the others", () => {
    const told = byCause([
      finding("A", "VirtualService shop/a", { cause, place: "a.yaml:3" }),
      finding("B", "Service shop/b"),
      finding("A", "VirtualService shop/c", { cause, place: "c.yaml:4" }),
      finding("C", "DestinationRule shop/d", { cause }),
    ]);
    assert.deepEqual(told, [
      finding("A", "VirtualService shop/a", {
        place: "a.yaml:3",
        also: [
          { rule: "A", resource: "VirtualService shop/c", path: "spec.host", place: "c.yaml:4" },
          { rule: "C", resource: "DestinationRule shop/d", path: "spec.host" },
        ],
      }),
      finding("B", "Service shop/b"),
    ]);
    assert.equal(
      findingText(told[0]!),
      "A  a.yaml:3  VirtualService shop/a: no Service web exists. Write another. The same cause: VirtualService shop/c (c.yaml:4); DestinationRule shop/d (C, spec.host).",
    );
  });

  it("are told as the weightiest, and then as one that tells of the cause itself", () => {
    const told = byCause([
      finding("A", "a", { cause, severity: "advisory" }),
      finding("B", "b", { cause, follows: true }),
      finding("C", "c", { cause }),
    ]);
    assert.deepEqual(
      told.map(({ rule, also }) => [rule, also?.map((one) => one.rule)]),
      [["C", ["A", "B"]]],
    );
  });

  it("are told each by itself where nothing tells of the cause", () => {
    const both = [finding("A", "a", { cause, follows: true }), finding("B", "b", { cause, follows: true })];
    assert.deepEqual(byCause(both), [finding("A", "a"), finding("B", "b")]);
  });

  it("name a place once", () => {
    const told = byCause([finding("A", "a", { cause }), finding("B", "a", { cause }), finding("C", "a", { cause })]);
    assert.deepEqual(told, [finding("A", "a")]);
  });

  it("name five places at most", () => {
    const told = byCause(["a", "b", "c", "d", "e", "f", "g"].map((name) => finding("A", name, { cause, path: "" })));
    assert.equal(told[0]!.also?.length, 6);
    assert.match(findingText(told[0]!), / The same cause: b; c; d; e; 2 more\.$/);
  });
});
