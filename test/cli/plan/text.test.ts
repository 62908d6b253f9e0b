import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { planOf } from "../../../cli/plan/plan";
import { planText } from "../../../cli/plan/text";
import type { Finding } from "../../../policies/engine/evaluate";

const empty = planOf("shop", "dev", "eu-west-1", []);

function finding(index: number): Finding {
  return {
    rule: "K8S-TEST",
    severity: index === 0 ? "mandatory" : "advisory",
    resource: `Pod shop/web-${index}`,
    path: "",
    message: "is wrong.",
    fix: "Mend it.",
  };
}

describe("a plan for people", () => {
  it("has every finding, however many there are", () => {
    const findings = Array.from({ length: 60 }, (_, index) => finding(index));
    const lines = stripVTControlCharacters(planText({ ...empty, findings }))
      .trimEnd()
      .split("\n");
    assert.equal(lines.at(-61), "Findings");
    assert.equal(lines.at(-60), "  K8S-TEST  Pod shop/web-0: is wrong. Mend it.");
    assert.equal(lines.at(-1), "  advisory: K8S-TEST  Pod shop/web-59: is wrong. Mend it.");
  });
});
