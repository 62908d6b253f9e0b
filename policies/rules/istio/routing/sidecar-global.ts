import type { Rule } from "../../../engine/rule";
import { rootNamespace } from "../../../facts/istio/mesh";
import { namespaceOf } from "../../../facts/istio/objects";
import { selectorOf } from "../../../facts/istio/policies";

/** The mesh's default Sidecar is for all. */
export const sidecarGlobal: Rule = {
  id: "IST-SIDECAR-GLOBAL",
  severity: "mandatory",
  title: "the Sidecar in the root namespace selects no workloads",
  why: "There it is the default of the whole mesh, and with a selector it is for nobody in the mesh.",
  fix: "Take the selector out, or put the Sidecar into the workloads' namespace.",
  codes: ["KIA1006"],
  docs: "https://istio.io/latest/docs/reference/config/networking/sidecar/",

  judge: (inventory, check) =>
    check.each(inventory.objects("Sidecar"), (sidecar) => {
      const selector = selectorOf(sidecar);
      if (selector.entries().length === 0 || namespaceOf(sidecar) !== rootNamespace(inventory)) return;
      check.violation(selector, {
        message: `is in the mesh's root namespace ${namespaceOf(sidecar)}, where a Sidecar is the default for the whole mesh and must select nothing.`,
        fix: "Take workloadSelector out, or put it into the workloads' namespace.",
      });
    }),
};
