import type { KubernetesObject } from "../../../resource";
import type { Check } from "../../../rule";
import type { Value } from "../../../value";

/**
 * Tells of a value for which istiod refuses the object.
 *
 * @param what reads after the object's name: `has no hosts`
 */
export type Refuse = (at: Value, what: string, fix: string) => void;

/** Says all that istiod's webhook would say of an object, each part guarded on its own. */
export type Refusals = (object: KubernetesObject, refuse: Refuse, check: Check) => void;

/** Calls once, and goes on if what it reads is unknown. */
export function guarded(check: Check, judge: () => void): void {
  check.each([undefined], judge);
}
