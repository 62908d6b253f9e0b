import type { Evaluation, Finding } from "../../policies/engine/evaluate";
import type { Rule } from "../../policies/engine/rule";
import type { Unreadable } from "../../policies/sources/yaml";

/** What `npm run check` found, before it is written down in a format. */
export interface Report extends Evaluation {
  readonly unreadable: readonly Unreadable[];
  /** How many objects were judged. */
  readonly objects: number;
  /** The rules that judged them. */
  readonly rules: readonly Rule[];
}

/** Writes down a report. */
export type Format = (report: Report) => string;

/** Where a finding is, as other tools want it. */
export interface Place {
  /** As the user wrote it, or below what the user wrote. */
  readonly file: string;
  /** From 1; undefined for a file as a whole. */
  readonly line?: number;
}

/**
 * File and line of `shop.yaml:12`, and of a file alone; undefined where there is none: in a plan, or from standard input.
 */
export function placeOf({ place = "" }: Pick<Finding, "place">): Place | undefined {
  const [, file = place, line] = /^(.+):(\d+)$/.exec(place) ?? [];
  if (file === "" || file === standardInput) return undefined;
  return { file, ...(line !== undefined && { line: Number(line) }) };
}

/** What stands for a file where there is none. */
export const standardInput = "(standard input)";
