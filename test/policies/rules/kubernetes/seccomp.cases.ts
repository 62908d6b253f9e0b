import { seccomp } from "../../../../policies/rules/kubernetes/seccomp";
import { cases } from "../../cases";
import { container, podsOf } from "./drafts";

export default cases(seccomp, {
  breaks: {
    "pods without a profile": {
      change: (stack) => delete podsOf(stack).securityContext.seccompProfile,
      finds: [
        "Deployment bookinfo/details-v1: container details may make every system call, also those that no application needs and most ways out of a container do. Set securityContext.seccompProfile.type to RuntimeDefault on its pod.",
      ],
      severity: "advisory",
    },
    "a container that opts out of its pod's": {
      change: (stack) => (container(stack).securityContext.seccompProfile = { type: "Unconfined" }),
      finds: [
        "Deployment bookinfo/details-v1: container details may make every system call, also those that no application needs and most ways out of a container do. Set securityContext.seccompProfile.type to RuntimeDefault on its pod.",
      ],
    },
  },
  keeps: {
    "a profile of its own": (stack) => {
      delete podsOf(stack).securityContext.seccompProfile;
      container(stack).securityContext.seccompProfile = { type: "Localhost", localhostProfile: "details.json" };
    },
  },
});
