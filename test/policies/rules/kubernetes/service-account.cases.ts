import { serviceAccount } from "../../../../policies/rules/kubernetes/service-account";
import { cases } from "../../cases";
import { addDaemonSet, podsOf } from "./drafts";

export default cases(serviceAccount, {
  breaks: {
    "no ServiceAccount": {
      change: (stack) => delete podsOf(stack).serviceAccountName,
      finds: [
        "Deployment bookinfo/details-v1: runs under the ServiceAccount default, as does all else that names none: the mesh can't tell them apart. Give it a ServiceAccount of its own in serviceAccountName.",
      ],
      severity: "mandatory",
    },
    "the default one by its name": {
      change: (stack) => (podsOf(stack).serviceAccountName = "default"),
      finds: [
        "Deployment bookinfo/details-v1: runs under the ServiceAccount default, as does all else that names none: the mesh can't tell them apart. Give it a ServiceAccount of its own in serviceAccountName.",
      ],
    },
  },
  keeps: {
    "the old name of the field": (stack) => {
      delete podsOf(stack).serviceAccountName;
      podsOf(stack).serviceAccount = "details";
    },
    "what EKS runs in kube-system": (stack) =>
      delete addDaemonSet(stack, "kube-system", "agent").spec.template.spec.serviceAccountName,
  },
});
