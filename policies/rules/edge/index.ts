import type { Rule } from "../../rule";
import { hostCertificate } from "./host-cert";

/** What AWS and the mesh must agree on. One line a rule, sorted. */
export const edgeRules: readonly Rule[] = [
  hostCertificate, //
];
