import { callOf } from "../../../components/settings/apps/calls";
import { serviceHost } from "../../../components/manifests/names";
import { keyIn } from "../../ask/answer";
import type { AskedApp, AskedStack } from "../../ask/stack";

/** What two places of a stack file say that isn't wrong by itself, and hardly meant. Always advisory. */
export interface Advice {
  /** The key in the stack file, e.g. `apps.checkout.access[0].from[0].app`. */
  readonly key: string;
  /** What is odd: reads after the key. */
  readonly message: string;
  readonly fix: string;
}

/** Rules of access that can't do what they seem to do. */
export function accessAdvice(stack: AskedStack): readonly Advice[] {
  return [...stack.apps.values()].flatMap((app) => [...strangers(stack, app), ...unruled(stack, app)]);
}

/** Callers that a rule lets in, and whose own list of calls doesn't lead here. */
function strangers(stack: AskedStack, { app }: AskedApp): Advice[] {
  return (app.access ?? []).flatMap(({ action, from = [] }, index) =>
    action !== "ALLOW"
      ? []
      : from.flatMap(({ app: name = "" }, nth) => {
          const caller = stack.apps.get(name);
          if (!caller?.imports || name === app.name || leadsTo(caller, app, stack)) return [];
          return [
            {
              key: keyIn(app.name, ["access", index, "from", nth, "app"]),
              message: `lets ${name} in, and apps.${name}.calls doesn't list ${app.name}: its sidecars don't know where to go, or show nobody who they are.`,
              fix: `Add ${app.name} to apps.${name}.calls, or take the caller out of the rule.`,
            },
          ];
        }),
  );
}

/** Whether what an application calls is another, or has a route to it. */
function leadsTo({ app, imports = [] }: AskedApp, target: AskedApp["app"], { apps, byService }: AskedStack): boolean {
  if (imports.includes(`${target.namespace}/${serviceHost(target.service, target.namespace)}`)) return true;
  const called = (app.calls ?? []).map(callOf).flatMap((call) => {
    const other =
      call.app === undefined
        ? byService.get(`${call.namespace ?? app.namespace}/${call.service ?? ""}`)
        : apps.get(call.app);
    return other ?? [];
  });
  return called.some(({ routing }) =>
    backendsOf(routing, "mesh").some(({ to }) => to.service === target.service && to.namespace === target.namespace),
  );
}

/** Routes of an application with rules that lead to Services which these don't hold for. */
function unruled({ byService }: AskedStack, { app, routing }: AskedApp): Advice[] {
  const rules = (["access", "jwt"] as const).filter((key) => app[key] !== undefined);
  if (rules.length === 0) return [];
  const found = new Map<string, Advice>();
  for (const { place, to } of backendsOf(routing)) {
    if (!place || byService.has(`${to.namespace}/${to.service}`)) continue;
    const key = keyIn(app.name, place);
    found.set(`${key} ${to.namespace}/${to.service}`, {
      key,
      message: `leads to ${serviceHost(to.service, to.namespace)}, which is no application of this stack: ${rules.join(" and ")} of ${app.name} ${rules.length > 1 ? "don't" : "doesn't"} hold there.`,
      fix: "Make it an application with rules of its own, or see that its owners have some.",
    });
  }
  return [...found.values()];
}

function backendsOf({ byOrigin }: AskedApp["routing"], origin?: "mesh") {
  return byOrigin
    .filter((routes) => origin === undefined || routes.origin.kind === origin)
    .flatMap(({ routes }) =>
      routes.flatMap(({ place, action }) =>
        action.kind === "forward" ? action.backends.map((to) => ({ place, to })) : [],
      ),
    );
}
