import type { Report } from "../report";

/** Findings, what could not be judged, and what could not be read, as one document. */
export function json({ findings, unjudged, unreadable }: Report): string {
  return `${JSON.stringify({ findings, unjudged, unreadable }, null, 2)}\n`;
}
