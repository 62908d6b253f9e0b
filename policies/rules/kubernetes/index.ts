import type { Rule } from "../../rule";
import { imageTag } from "./image-tag";

/** What Kubernetes objects must keep to. One line a rule, sorted. */
export const kubernetesRules: readonly Rule[] = [
  imageTag, //
];
