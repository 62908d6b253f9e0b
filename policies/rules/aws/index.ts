import type { Rule } from "../../rule";
import { eksPublicEndpoint } from "./eks-public-endpoint";

/** What AWS resources must keep to. One line a rule, sorted. */
export const awsRules: readonly Rule[] = [
  eksPublicEndpoint, //
];
