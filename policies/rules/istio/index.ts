import type { Rule } from "../../engine/rule";
import { configurationRules } from "./configuration";
import { controlPlaneRules } from "./control-plane";
import { gatewayRules } from "./gateway";
import { routingRules } from "./routing";
import { securityRules } from "./security";
import { workloadRules } from "./workloads";

/** Rules about Istio's objects and charts, and about what they need. */
export const istioRules: readonly Rule[] = [
  ...routingRules,
  ...gatewayRules,
  ...securityRules,
  ...workloadRules,
  ...controlPlaneRules,
  ...configurationRules,
];
