import assert from "node:assert/strict";
import type { Answer as Planned } from "../../../../cli/ask/answer";
import { ask } from "../../../../cli/ask/ask";
import type { Question } from "../../../../cli/ask/question";
import { normalized } from "../../../../components/routing/evaluate";
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
    const difference = differs(ask(real.stack, question), answer, question.url);
    if (difference !== undefined) found.set(question, difference);
  }
  return found;
}

function described({ text, headers, claims }: Question): string {
  return [text, JSON.stringify(headers), claims && JSON.stringify(claims)].filter(Boolean).join(" ");
}

/** What is different in an answer from what the plan says. */
function differs(planned: Planned, answer: Answer, { hostname, pathname: path }: URL): string | undefined {
  // A host outside is called by the first part of its name.
  const [outside = ""] = hostname.split(".");
  const { outcome, status, location } = planned;
  const got = answer.error ?? `${answer.status ?? ""} ${answer.headers?.location ?? ""}`.trim();
  switch (outcome) {
    case "application": {
      if (answer.status !== 200) return `should reach the application, got ${got}`;
      const { app, path: arrived } = answered(answer);
      const apps = planned.backends.length === 0 ? [outside] : planned.backends.map(nameOf);
      if (!apps.includes(app)) return `should reach ${apps.join(" or ")}, reached ${app}`;
      if (planned.backends.length === 0) return undefined;
      const wanted = planned.path ?? path;
      const [pathOnly = ""] = arrived.split("?");
      // Without a route it is passed on, by a proxy that may have read it.
      const right = pathOnly === wanted || (!planned.route && pathOnly === normalized(path));
      return right ? undefined : `should arrive as ${wanted}, arrived as ${pathOnly}`;
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
      // 502 of a proxy that knows nobody there, 503 of one that was reset.
      return [undefined, 502, 503].includes(answer.status) ? undefined : `should reach nobody, got ${got}`;
    case "undecided":
      return differsFromAll(planned, answer, got);
  }
}

/** Backends of one route may answer differently: it must be as one of them does. */
function differsFromAll(planned: Planned, answer: Answer, got: string): string | undefined {
  const { backends } = planned;
  if (backends.length === 0 || backends.some(({ access }) => access.decision === "undecided"))
    return `is not decided: ${reasons(planned)}`;
  const agrees = backends.some((backend) =>
    backend.access.decision === "allowed" || backend.access.counted
      ? answer.status === 200 && answered(answer).app === nameOf(backend)
      : answer.status === backend.access.status,
  );
  return agrees ? undefined : `should be let in by some of ${backends.map(nameOf).join(", ")}, got ${got}`;
}

function nameOf({ app = "", version = "v1" }: Planned["backends"][number]): string {
  return `${app}-${version}`;
}

function reasons({ notes, backends }: Planned): string {
  return [...notes, ...backends.flatMap(({ access }) => access.reasons)].join("; ");
}
