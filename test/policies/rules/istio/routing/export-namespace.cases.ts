import { exportNamespace } from "../../../../../policies/rules/istio/routing/export-namespace";
import { cases } from "../../../cases";
import type { StackDraft } from "../../../stack";

function exportTo(kind: string, ...names: string[]): (stack: StackDraft) => void {
  return (stack) => {
    stack.object(kind, "bookinfo", "reviews").spec.exportTo = names;
  };
}

export default cases(exportNamespace, {
  breaks: {
    "a slip": {
      change: exportTo("VirtualService", ".", "menbership"),
      finds: [
        'VirtualService bookinfo/reviews: no namespace menbership is here, so nobody there sees this. Did you mean membership? If others make it, name "Namespace default/menbership" under outside in the policies\' configuration.',
      ],
    },
    "a namespace that is nowhere": {
      change: exportTo("DestinationRule", "warehouse"),
      severity: "advisory",
      finds: [
        'DestinationRule bookinfo/reviews: no namespace warehouse is here, so nobody there sees this. If others make it, name "Namespace default/warehouse" under outside in the policies\' configuration.',
      ],
    },
  },
  keeps: {
    "namespaces here, its own and all": exportTo("VirtualService", "membership", ".", "*"),
    "no namespaces here": (stack) => {
      stack.remove("Namespace");
      exportTo("VirtualService", "warehouse")(stack);
    },
  },
});
