import { workloadGroup } from "../../../../../policies/rules/istio/workloads/workload-group";
import { cases } from "../../../cases";
import { adding } from "../drafts";

const add = adding("WorkloadGroup");

export default cases(workloadGroup, {
  breaks: {
    "a ServiceAccount that nobody makes": {
      change: (stack) => {
        add(stack, { template: { serviceAccount: "vm" } });
      },
      finds: [
        'WorkloadGroup bookinfo/own: no ServiceAccount vm exists in the namespace bookinfo: its machines get no certificate. Make it. If somebody else does, name "ServiceAccount bookinfo/vm" under outside in the policies\' configuration.',
      ],
    },
    "another group's labels": {
      change: (stack) => {
        add(stack, { metadata: { labels: { app: "vm", tier: "db" } } });
        add(stack, { metadata: { labels: { tier: "db", app: "vm" } } }, { name: "second" });
      },
      finds: [
        "WorkloadGroup bookinfo/own: WorkloadGroup bookinfo/second has the labels app=vm, tier=db too: Services can't tell their machines apart. Give each a label of its own.",
        "WorkloadGroup bookinfo/second: WorkloadGroup bookinfo/own has the labels app=vm, tier=db too: Services can't tell their machines apart. Give each a label of its own.",
      ],
    },
  },
  keeps: {
    "a ServiceAccount of the stack": (stack) => {
      add(stack, { template: { serviceAccount: "details" }, metadata: { labels: { app: "vm" } } });
    },
    "the default one, and labels in another namespace": (stack) => {
      add(stack, { template: { serviceAccount: "default" }, metadata: { labels: { app: "vm" } } });
      add(stack, { metadata: { labels: { app: "vm" } } }, { namespace: "membership" });
    },
  },
});
