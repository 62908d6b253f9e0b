import type { Difference } from "../compare";

/** Why one of the two says something that the other doesn't. */
export interface Explanation {
  /** What is said: a topic of Istio's, or the id of a rule. */
  readonly about: string;
  /** Of which differences this is the reason; of each, if it is left out. */
  readonly when?: (difference: Difference) => boolean;
  readonly because: string;
}
