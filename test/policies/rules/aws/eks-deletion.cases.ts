import { eksDeletion } from "../../../../policies/rules/aws/eks-deletion";
import { cases } from "../../cases";

const says =
  "isn't protected against deletion: one destroy in the wrong terminal takes everything with it. Set deletionProtection to true (cluster.deletionProtection).";

export default cases(eksDeletion, {
  breaks: {
    "no protection, in a plan": {
      change: (stack) => (stack.resource("eks:index:Cluster").deletionProtection = false),
      severity: "advisory",
      finds: [`eks Cluster shop-prod: ${says}`],
    },
    "no protection, in the engine": {
      change: (stack) => (stack.openCluster().deletionProtection = false),
      finds: [`eks Cluster shop-prod-eksCluster: ${says}`],
    },
  },
  keeps: {
    "the engine's cluster, protected": (stack) => (stack.openCluster().deletionProtection = true),
  },
});
