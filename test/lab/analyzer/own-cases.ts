import type { Rule } from "../../../policies/engine/rule";
import { allCases, type Breaking, type Keeping } from "../../policies/cases";
import { StackDraft } from "../../policies/stack";
import type { KubernetesObject } from "../cluster/api";
import type { Input } from "./input";

/** The cases of a rule that looks at one object at a time. */
export function ownCases(rule: Rule, which: "breaks" | "keeps"): Input[] {
  const own = allCases.filter((all) => all.rule === rule);
  return own
    .flatMap((all) => Object.entries<Breaking | Keeping>(all[which]))
    .flatMap(([title, made]) => {
      const draft = new StackDraft([]);
      (typeof made === "function" ? made : made.change)(draft);
      // Of a patch istiod never hears by itself.
      if (draft.resources.some(({ type }) => type.endsWith("Patch"))) return [];
      return [{ title, objects: draft.resources.map(({ properties }) => properties as unknown as KubernetesObject) }];
    });
}
