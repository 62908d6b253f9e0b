import type { Evaluation, Finding } from "../../policies/engine/evaluate";
import type { Rule } from "../../policies/engine/rule";

/** What `npm run check` found, before it is written down in a format. */
export interface Report extends Evaluation {
  /** What could not be read, each with file and line where there is one: `shop.yaml:12: is not YAML: …`. */
  readonly unreadable: readonly string[];
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
  /** From 1. */
  readonly line: number;
}

/** A finding's file and line; undefined where it has none: in a plan, or from standard input. */
export function placeOf({ place }: Pick<Finding, "place">): Place | undefined {
  return placeIn(place ?? "")?.place;
}

/** A text that begins with a file and a line, taken apart: `shop.yaml:12: is not YAML`. */
export function placeIn(text: string): { readonly place: Place; readonly rest: string } | undefined {
  const [, file, line, rest = ""] = /^(.+?):(\d+)(?:: (.*))?$/s.exec(text) ?? [];
  return file === undefined || file === standardInput ? undefined : { place: { file, line: Number(line) }, rest };
}

/** What stands for a file where there is none. */
export const standardInput = "(standard input)";
