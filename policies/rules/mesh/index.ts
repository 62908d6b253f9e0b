import type { Rule } from "../../rule";
import { routeDestination } from "./route-destination";

/** What Istio's objects must keep to among themselves. One line a rule, sorted. */
export const meshRules: readonly Rule[] = [
  routeDestination, //
];
