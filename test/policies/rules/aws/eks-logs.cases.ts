import { eksLogs } from "../../../../policies/rules/aws/eks-logs";
import { cases } from "../../cases";

const risk = "after an incident nobody can tell who did what through the Kubernetes API.";

export default cases(eksLogs, {
  breaks: {
    "one missing, in a plan": {
      change: (stack) =>
        (stack.resource("eks:index:Cluster").enabledClusterLogTypes = [
          "api",
          "authenticator",
          "controllerManager",
          "scheduler",
        ]),
      severity: "advisory",
      finds: [
        `eks Cluster eks-istio-dev: the control plane doesn't log audit: ${risk} Add audit to enabledClusterLogTypes, or leave cluster.logs.types at its default.`,
      ],
    },
    "none at all, in production": {
      sample: "prod",
      severity: "mandatory",
      change: (stack) => delete stack.resource("eks:index:Cluster").enabledClusterLogTypes,
      finds: [
        `eks Cluster shop-prod: the control plane doesn't log api, audit, authenticator, controllerManager, scheduler: ${risk} Add api, audit, authenticator, controllerManager, scheduler to enabledClusterLogTypes, or leave cluster.logs.types at its default.`,
      ],
    },
    "two missing, in the engine": {
      change: (stack) => (stack.openCluster().enabledClusterLogTypes = ["api", "audit", "authenticator"]),
      finds: [
        `eks Cluster eks-istio-dev-eksCluster: the control plane doesn't log controllerManager, scheduler: ${risk} Add controllerManager, scheduler to enabledClusterLogTypes, or leave cluster.logs.types at its default.`,
      ],
    },
  },
  keeps: {
    "another order": (stack) => stack.resource("eks:index:Cluster").enabledClusterLogTypes.reverse(),
    "the engine's cluster": (stack) => stack.openCluster(),
  },
});
