import type { Evaluation, Finding } from "../../policies/engine/evaluate";
import type { Rule } from "../../policies/engine/rule";
import { shown } from "../../policies/engine/shown";
import { unreadableText, type Unreadable } from "../../policies/sources/yaml";
import type { Reading } from "./files";

/** What `npm run check` found, before it is written down in a format. */
export interface Report extends Evaluation {
  readonly unreadable: readonly Unreadable[];
  /** How many objects were judged. */
  readonly objects: number;
  /** The rules that judged them. */
  readonly rules: readonly Rule[];
}

/** What rules say of what was read. Names of files and what stands in them may be anything. */
export function reportOf(
  reading: Pick<Reading, "resources" | "unreadable" | "unjudged">,
  { findings, unjudged }: Evaluation,
  rules: readonly Rule[],
): Report {
  return {
    findings,
    unjudged: [
      ...unjudged,
      ...reading.unjudged.map((one) => ({ ...one, resource: shown(one.resource), reason: shown(one.reason) })),
    ],
    unreadable: reading.unreadable.map(({ place, reason }) => ({ place: shown(place), reason: shown(reason) })),
    objects: reading.resources.length,
    rules,
  };
}

/** What kept objects from being judged, for people; nothing if all were. */
export function obstacles({ unreadable, objects }: Report): string {
  if (unreadable.length === 0) return objects === 0 ? "Nothing was judged: no Kubernetes object was found.\n" : "";
  const count = unreadable.length === 1 ? "1 error" : `${unreadable.length} errors`;
  const told = unreadable.map((one) => `\n  ${unreadableText(one)}`);
  return `${count}. What could be read was judged.\n${told.join("")}\n`;
}

/** 0; 1 if a mandatory policy is violated; otherwise 2 if something can't be read, or if there is nothing to judge. */
export function exitStatus({ findings, unreadable, objects }: Report): 0 | 1 | 2 {
  if (findings.some(({ severity }) => severity === "mandatory")) return 1;
  return unreadable.length > 0 || objects === 0 ? 2 : 0;
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
