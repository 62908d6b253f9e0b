import type { KubernetesObject } from "../engine/resource";
import type { Check } from "../engine/rule";
import type { Value } from "../engine/value";

/**
 * Tells of a value for which istiod refuses the object.
 *
 * @param what reads after the object's name: `has no hosts`
 */
export type Refuse = (at: Value, what: string, fix: string) => void;

/** Says why istiod's webhook would refuse an object, each part guarded on its own. */
export type Refusals = (object: KubernetesObject, refuse: Refuse, check: Check) => void;

/**
 * Tells of a value that istiod takes, and warns of.
 *
 * @param message a whole sentence that reads after the object's name: what is wrong, and what comes of it
 */
export type Warn = (at: Value, message: string, fix: string) => void;

/** Says what istiod's webhook would warn of, each part guarded on its own. */
export type Warnings = (object: KubernetesObject, warn: Warn, check: Check) => void;

/** Calls once, and goes on if what it reads is unknown. */
export function guarded(check: Check, judge: () => void): void {
  check.each(once, judge);
}

const once = [undefined];

/** Judges a part that is there, or may be: most parts of most objects aren't, and there is nothing to read in them. */
export function ifThere(check: Check, part: Value, judge: (part: Value) => void): void {
  if (part.isUnknown || part.exists) guarded(check, () => judge(part));
}

/** Judges each entry of a list by itself; the list may be unknown, too. */
export function eachIn(check: Check, list: Value, judge: (entry: Value) => void): void {
  guarded(check, () => {
    check.each(list.list(), judge);
  });
}

/** Judges each entry of a map by itself; the map may be unknown, too. */
export function eachOf(check: Check, map: Value, judge: (entry: [string, Value]) => void): void {
  guarded(check, () => {
    check.each(map.entries(), judge);
  });
}
