import refused from "../../policies/rules/istio/configuration/refused.cases";
import type { Breaking, Keeping } from "../../policies/cases";
import { StackDraft } from "../../policies/stack";
import type { KubernetesObject } from "../cluster/api";
import type { Input } from "./input";

/** The cases of IST-REFUSED: each is one object, which istiod refuses, or takes. */
export function refusedCases(which: "breaks" | "keeps"): Input[] {
  return Object.entries<Breaking | Keeping>(refused[which]).flatMap(([title, made]) => {
    const draft = new StackDraft([]);
    (typeof made === "function" ? made : made.change)(draft);
    // Of a patch istiod never hears by itself.
    if (draft.resources.some(({ type }) => type.endsWith("Patch"))) return [];
    return [{ title, objects: draft.resources.map(({ properties }) => properties as unknown as KubernetesObject) }];
  });
}
