import type { Answer } from "./answer";

/** No proxy answers. */
export function unreachable(note: string): Omit<Answer, "question"> {
  return { outcome: "unreachable", backends: [], notes: [note] };
}

/** It depends on what a plan doesn't know. */
export function undecided(note: string): Omit<Answer, "question"> {
  return { outcome: "undecided", backends: [], notes: [note] };
}
