import assert from "node:assert/strict";
import type { Answer as Planned } from "../../../../cli/ask/answer";
import { ask } from "../../../../cli/ask/ask";
import type { Question } from "../../../../cli/ask/question";
import { bearer } from "../access/tokens";
import { answered, type Answer } from "../../cluster/host";
import type { RealStack } from "./real-stack";

/** How long a proxy may take until it has what istiod last said, in milliseconds. */
const patience = 10_000;

/**
 * Asserts that plan and proxies give the same answers.
 *
 * @returns how many questions ended in which way
 */
export async function assertAgreement(
  real: RealStack,
  questions: readonly Question[],
): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const question of questions) {
    const { outcome, status = "" } = ask(real.stack, question);
    const end = `${outcome} ${status}`.trim();
    counts[end] = (counts[end] ?? 0) + 1;
  }
  let open = await differing(real, questions);
  const until = performance.now() + patience;
  while (open.size > 0 && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    open = await differing(real, [...open.keys()]);
  }
  assert.deepEqual(
    [...open].map(([question, difference]) => `${described(question)}: ${difference}`),
    [],
  );
  return counts;
}

/** The questions to which plan and proxies give different answers, and how these differ. */
async function differing(real: RealStack, questions: Iterable<Question>): Promise<ReadonlyMap<Question, string>> {
  const found = new Map<Question, string>();
  for (const question of questions) {
    const answer = await real.send(question, question.claims && bearer(question.claims));
    const difference = differs(ask(real.stack, question), answer, question.url.pathname);
    if (difference !== undefined) found.set(question, difference);
  }
  return found;
}

function described({ text, headers, claims }: Question): string {
  return [text, JSON.stringify(headers), claims && JSON.stringify(claims)].filter(Boolean).join(" ");
}

/** What is different in an answer from what the plan says. */
function differs(planned: Planned, answer: Answer, path: string): string | undefined {
  const { outcome, status, location } = planned;
  const got = answer.error ?? `${answer.status ?? ""} ${answer.headers?.location ?? ""}`.trim();
  switch (outcome) {
    case "application": {
      if (answer.status !== 200) return `should reach the application, got ${got}`;
      const { app, path: arrived } = answered(answer);
      const apps = planned.backends
        .filter(({ weight }) => weight > 0)
        .map((each) => `${each.app}-${each.version ?? "v1"}`);
      if (!apps.includes(app)) return `should reach ${apps.join(" or ")}, reached ${app}`;
      const wanted = planned.path ?? path;
      const [pathOnly] = arrived.split("?");
      return pathOnly === wanted ? undefined : `should arrive as ${wanted}, arrived as ${String(pathOnly)}`;
    }
    case "redirect":
      return got === `${status ?? ""} ${location ?? ""}`
        ? undefined
        : `should be ${String(status)} ${String(location)}, got ${got}`;
    case "refused":
    case "notFound":
    case "response":
      return answer.status === status ? undefined : `should get ${String(status)} (${reasons(planned)}), got ${got}`;
    case "unreachable":
      return answer.status === undefined || answer.status === 502 ? undefined : `should reach nobody, got ${got}`;
    case "undecided":
      return `is not decided: ${reasons(planned)}`;
  }
}

function reasons({ notes, backends }: Planned): string {
  return [...notes, ...backends.flatMap(({ access }) => access.reasons)].join("; ");
}
