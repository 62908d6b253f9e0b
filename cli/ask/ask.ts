import type { DomainSettings } from "../../components/settings/domain/schema";
import type { Answer } from "./answer";
import { callerOf } from "./caller";
import { unreachable } from "./ends";
import { insideMesh, serviceOf } from "./inside-mesh";
import { leaves, outside } from "./outside";
import type { Question } from "./question";
import type { AskedStack } from "./stack";
import { throughGateway } from "./through-gateway";

/**
 * What a request would meet in a stack: gateway, certificate, route, versions, and the rule that lets its caller in or
 * refuses it.
 *
 * It asks the models that objects are rendered from: the same routes, the same rules.
 *
 * @throws QuestionError for a caller that the stack doesn't have
 */
export function ask(stack: AskedStack, question: Question): Answer {
  return { question: question.text, ...answerOf(stack, question) };
}

function answerOf(stack: AskedStack, question: Question): Omit<Answer, "question"> {
  const { asker, url } = question;
  const caller = callerOf(stack, question);
  const domain = domainOf(stack, url.hostname);
  if (asker.kind === "internet") {
    if (!domain) return unreachable(`${url.hostname} is below no domain of this stack.`);
    return throughGateway(stack, question, domain);
  }
  const service = serviceOf(stack, url.hostname, caller.namespace);
  if (service) return insideMesh(stack, question, caller, service);
  const left = outside(stack, question, caller, domain !== undefined);
  if (left || !domain) return left ?? leaves(question);
  const back = throughGateway(stack, { ...question, asker: { kind: "internet" } }, domain);
  return { ...back, notes: ["It leaves the mesh, and comes in again as somebody on the internet.", ...back.notes] };
}

/** The stack's domain that a host is, or is below: the longest one. */
function domainOf({ settings: { domain } }: AskedStack, host: string): DomainSettings | undefined {
  return [domain, ...domain.additional]
    .filter(({ name }) => host === name || host.endsWith(`.${name}`))
    .sort((one, other) => other.name.length - one.name.length)[0];
}
