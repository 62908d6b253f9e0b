import assert from "node:assert/strict";
import { answered, type Answer } from "../../cluster/host";

/** The application, with its version, that answered with 200. */
export function appOf(answer: Answer): string {
  assert.equal(answer.status, 200, describeAnswer(answer));
  return answered(answer).app;
}

/** The request's header as the application got it. */
export function headerOf(answer: Answer, name: string): string | undefined {
  appOf(answer);
  return answered(answer).headers[name];
}

export function hasStatus(answer: Answer, status: number): void {
  assert.equal(answer.status, status, describeAnswer(answer));
}

/** How many answers have a value in common, e.g. a status. */
export function countBy<Item>(items: readonly Item[], key: (item: Item) => string | number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
}

function describeAnswer({ status, error, headers, text }: Answer): string {
  return JSON.stringify({ status, error, headers, text: text?.slice(0, 300) });
}
