import { selector } from "../../../../policies/rules/kubernetes/selector";
import { cases } from "../../cases";
import { addDaemonSet, details } from "./drafts";

export default cases(selector, {
  breaks: {
    "a template without the label": {
      change: (stack) => delete details(stack).spec.template.metadata.labels.version,
      finds: [
        "Deployment bookinfo/details-v1: its pods don't carry version: v1, which it selects them by: the API server refuses it. Put the same labels into spec.selector.matchLabels and spec.template.metadata.labels.",
      ],
      severity: "mandatory",
    },
    "labels with other values": {
      change: (stack) => (details(stack).spec.selector.matchLabels = { app: "detail", version: "v2" }),
      finds: [
        "Deployment bookinfo/details-v1: its pods don't carry app: detail and version: v2, which it selects them by: the API server refuses it. Put the same labels into spec.selector.matchLabels and spec.template.metadata.labels.",
      ],
    },
    "a DaemonSet": {
      change: (stack) => (addDaemonSet(stack, "bookinfo", "agent").spec.selector.matchLabels.app = "agents"),
      finds: [
        "DaemonSet bookinfo/agent: its pods don't carry app: agents, which it selects them by: the API server refuses it. Put the same labels into spec.selector.matchLabels and spec.template.metadata.labels.",
      ],
    },
  },
  keeps: {
    "more labels than are selected": (stack) => (details(stack).spec.template.metadata.labels.team = "books"),
    "no labels to select by": (stack) => delete details(stack).spec.selector.matchLabels,
  },
});
