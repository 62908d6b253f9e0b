import type { Rule } from "../engine/rule";
import { awsRules } from "./aws";
import { edgeRules } from "./edge";
import { gatewayApiRules } from "./gateway-api";
import { istioRules } from "./istio";
import { kubernetesRules } from "./kubernetes";

/** Every rule, family by family. */
export const rules: readonly Rule[] = [
  ...awsRules,
  ...kubernetesRules,
  ...istioRules,
  ...gatewayApiRules,
  ...edgeRules,
];
