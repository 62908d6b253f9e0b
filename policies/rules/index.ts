import type { Rule } from "../rule";
import { awsRules } from "./aws";
import { edgeRules } from "./edge";
import { kubernetesRules } from "./kubernetes";
import { meshRules } from "./mesh";

/** Every rule, family by family. */
export const rules: readonly Rule[] = [...awsRules, ...kubernetesRules, ...meshRules, ...edgeRules];
