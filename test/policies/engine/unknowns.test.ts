import assert from "node:assert/strict";
import type { Check, Rule } from "../../../policies/engine/rule";
import type { Inventory } from "../../../policies/engine/inventory";
import { sample, StackDraft } from "../stack";
import { judgedBy, readsOf, troubleOf } from "../unknowns";

function ruleThat(judge: (inventory: Inventory, check: Check) => void): Rule {
  return { id: "K8S-TEST", severity: "mandatory", title: "", why: "", fix: "", codes: [], judge };
}

async function troubles(rule: Rule): Promise<string[]> {
  const { resources } = new StackDraft(await sample("dev"));
  const before = judgedBy(rule, resources);
  return readsOf(rule, resources).flatMap((read) => troubleOf(rule, before, resources, read));
}

const wrong = { message: "is wrong.", fix: "Mend it." };

describe("the search for what unknowns hide", () => {
  it("finds nothing in a rule that guards each subject", async () => {
    const rule = ruleThat((inventory, check) =>
      check.each(inventory.objects("Service"), (service) => {
        if (service.get("spec", "ports").list().length > 0) check.violation(service, wrong);
      }),
    );
    assert.deepEqual(await troubles(rule), []);
  });

  it("notices a rule without a guard: one unknown would hide all that follows", async () => {
    const rule = ruleThat((inventory, check) => {
      for (const service of inventory.objects("Service"))
        if (service.get("spec", "ports").list().length > 0) check.violation(service, wrong);
    });
    assert.match((await troubles(rule)).join(), /spec\.ports of .* silently loses: is wrong\./);
  });

  it("notices a rule that takes an unknown for something that is absent", async () => {
    const rule = ruleThat((inventory, check) =>
      check.each(inventory.objects("Service"), (service) => {
        const selector = service.get("spec", "selector");
        if (selector.isUnknown || !selector.exists) check.violation(service, wrong);
      }),
    );
    assert.match((await troubles(rule)).join(), /spec\.selector of .* finds what isn't known: is wrong\./);
  });

  it("notices a rule that takes an unknown namespace for another one, whatever reads it", async () => {
    const rule = ruleThat((inventory, check) =>
      check.each(inventory.objects("Service"), (service) => {
        if (service.namespace !== "bookinfo") check.violation(service, wrong);
      }),
    );
    assert.match((await troubles(rule)).join(), /metadata\.namespace of .* finds what isn't known: is wrong\./);
  });

  it("notices a rule that passes over what has an unknown name", async () => {
    const rule = ruleThat((inventory, check) =>
      check.each(inventory.objects("Service"), (service) => {
        if (service.knownName === "details") check.violation(service, wrong);
      }),
    );
    assert.match((await troubles(rule)).join(), /metadata\.name of .*-bookinfo\/details unknown: silently loses/);
  });

  it("knows a finding again where something is called by another name", async () => {
    const rule = ruleThat((inventory, check) =>
      check.each(inventory.objects("Service"), (service) => {
        check.violation(service, { ...wrong, message: `${service.label}, or ${service.name}, is wrong.` });
      }),
    );
    assert.deepEqual(await troubles(rule), []);
  });

  it("notices a rule that fails", async () => {
    const rule = ruleThat((inventory, check) =>
      check.each(inventory.objects("Service"), (service) => {
        if (service.get("spec", "selector").isUnknown) throw new TypeError("no selector");
        service.get("spec", "selector").texts();
      }),
    );
    assert.match((await troubles(rule)).join(), /the rule failed with TypeError: no selector/);
  });
});
