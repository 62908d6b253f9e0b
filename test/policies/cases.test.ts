import assert from "node:assert/strict";
import { defaultNamespace } from "../../policies/rules/kubernetes/default-namespace";
import { liveness } from "../../policies/rules/kubernetes/liveness";
import { cases, merged, type Breaking } from "./cases";

const broken: Breaking = { change: () => undefined, finds: [] };
const kept = (): void => undefined;

describe("cases of one rule in several files", () => {
  const first = cases(liveness, { breaks: { a: broken }, keeps: { a: kept } });

  it("are put together, in the order of the files", () => {
    const other = cases(defaultNamespace, { breaks: { a: broken }, keeps: {} });
    const second = cases(liveness, { breaks: { b: broken }, keeps: { c: kept } });
    assert.deepEqual(merged([first, other, second]), [
      { rule: liveness, breaks: { a: broken, b: broken }, keeps: { a: kept, c: kept } },
      other,
    ]);
  });

  it("are refused where two have one name", () => {
    assert.throws(() => merged([first, cases(liveness, { breaks: { a: broken }, keeps: {} })]), {
      message: "Two cases of one name in K8S-LIVENESS breaks: a. Name one anew.",
    });
    assert.throws(() => merged([first, cases(liveness, { breaks: {}, keeps: { a: kept } })]), {
      message: "Two cases of one name in K8S-LIVENESS keeps: a. Name one anew.",
    });
  });
});
