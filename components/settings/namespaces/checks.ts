import type { Check } from "../check";
import { closest } from "../reading/suggestions";

/** Namespaces to create that no application uses are typos. */
export const checkNamespaces: Check = ({ namespaces, apps, appsLeftOut }, report) => {
  if (!namespaces || !apps) return;
  const used = [...new Set(Object.values(apps).map(({ namespace }) => namespace))];
  for (const [name, { create, labels, injection }] of Object.entries(namespaces)) {
    if (create && !used.includes(name) && !appsLeftOut) {
      const near = closest(name, used);
      report(
        "namespaces",
        [name],
        "is no application's namespace",
        near ? `Did you mean "${near}"?` : "Remove it, or name it in an application.",
      );
    }
    if (!create && (Object.keys(labels).length > 0 || !injection))
      report(
        "namespaces",
        [name, "create"],
        "is false, which leaves the namespace as its owner made it, and yet labels or injection is set",
        'Remove "labels" and "injection", or "create".',
      );
    for (const label of Object.keys(labels)) {
      if (label === "istio-injection" || label === "istio.io/rev")
        report(
          "namespaces",
          [name, "labels", label],
          "is set by mesh.revision and namespaces.NAME.injection",
          "Remove it.",
        );
    }
  }
};
