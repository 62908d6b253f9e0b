import type { Inventory } from "./inventory";
import type { Resource } from "./resource";
import type { Value } from "./value";

/** How much a rule matters: a mandatory finding stops a deployment, an advisory one is only shown. */
export type Level = "off" | "advisory" | "mandatory";

/** A level, or one for production and one for all else (see `production` in the policies' configuration). */
export type Severity = Level | { readonly production: Level; readonly otherwise: Level };

/**
 * One rule. It stands in a file of its own, named like its id, below `policies/rules/`, and in its folder's index.
 *
 * @example
 * ```ts
 * export const protectedZone: Rule = {
 *   id: "AWS-ZONE-COMMENT",
 *   severity: "advisory",
 *   title: "a hosted zone says what it is for",
 *   why: "Nobody dares to delete a zone that nobody remembers.",
 *   fix: "Set a comment.",
 *   codes: [],
 *   judge: (inventory, check) =>
 *     check.each(inventory.ofType("aws:route53/zone:Zone"), (zone) => {
 *       const comment = zone.get("comment");
 *       if (!comment.text())
 *         check.violation(comment, { message: "has no comment: nobody will dare to delete it.", fix: "Say what it is for." });
 *     }),
 * };
 * ```
 */
export interface Rule {
  /** For ever: exemptions name it. `AWS-`, `K8S-`, `IST-` or `GWAPI-`, then what it is about. */
  readonly id: string;
  readonly severity: Severity;
  /** What holds where the rule is kept, without a capital or a full stop: for the table of rules. */
  readonly title: string;
  /** What goes wrong in production otherwise: one sentence. */
  readonly why: string;
  /** What to do, in general: one sentence, imperative. Findings say it with the actual values. */
  readonly fix: string;
  /** The same check elsewhere: `IST0101`, `KIA1101`, `CKV_AWS_38`, `CIS EKS 5.4.1`. */
  readonly codes: readonly string[];
  /** The page that explains it. */
  readonly docs?: string;
  /** Looks at everything, and reports. It neither throws nor keeps anything between two calls. */
  judge(inventory: Inventory, check: Check): void;
}

/** What a rule reports with. */
export interface Check {
  /**
   * Judges one thing after the other: resources, or values inside one. What turns out unknown spoils the judgement of
   * that thing alone; it is noted, and the next one follows. Nest it where entries of one resource are judged apart.
   */
  each<T>(things: Iterable<T>, judge: (thing: T) => void): void;

  /** Something is wrong at a value, or with a resource as a whole. */
  violation(at: Value | Resource, what: Violation): void;

  /** Something can't be judged for another reason than an unknown value; the reason reads after "because". */
  undecided(at: Value | Resource, reason: string): void;
}

/** @example `{ message: 'host "a.b.example.com" is not covered by …: browsers will refuse it.', fix: "Use a one-label host." }` */
export interface Violation {
  /** What is wrong, with the actual values, and what comes of it: reads after "VirtualService shop/checkout:", ends with a full stop. */
  readonly message: string;
  /** What to do about this very one: a sentence. */
  readonly fix: string;
  /** Where a rule's severity depends on what it finds. Levels in the configuration go before it. */
  readonly severity?: Severity;
  /**
   * What is wrong at the root, in the same words wherever it is seen (see `facts/causes.ts`): all findings of one cause are
   * told as one.
   */
  readonly cause?: string;
  /** That this only comes of the cause: it is told by itself where nothing tells of the cause. */
  readonly follows?: true;
}
