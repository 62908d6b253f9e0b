import type { Rule } from "../../../engine/rule";
import { missingNamespace } from "../../../facts/istio/namespaces";

/** What is exported goes to namespaces that exist. */
export const exportNamespace: Rule = {
  id: "IST-EXPORT-NAMESPACE",
  severity: "mandatory",
  title: "exportTo names namespaces that exist",
  why: "What is exported to a namespace that isn't there reaches nobody, not even its own namespace.",
  fix: "Write the namespace's name, or a dot for its own.",
  codes: ["KIA0005"],
  docs: "https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService-export_to",

  judge: (inventory, check) => {
    for (const kind of ["VirtualService", "DestinationRule", "ServiceEntry"] as const)
      check.each(inventory.objects(kind), (object) => {
        check.each(object.get("spec", "exportTo").list(), (value) => {
          const name = value.text() ?? "";
          if (name === "." || name === "~") return;
          const wrong = missingNamespace(name, "nobody there sees this", inventory);
          if (wrong) check.violation(value, wrong);
        });
      });
  },
};
