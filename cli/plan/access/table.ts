import { standingOf, type Conditions, type Standing, type Way } from "../../../components/access/standing";
import { namespaceOf } from "../../../components/access/identities";
import { compares } from "../../../components/access/matching";
import type { AccessRule, AppAccess } from "../../../components/access/model";
import { keyIn } from "../../ask/answer";
import { isStrict } from "../../ask/passed-on";
import type { AskedApp, AskedStack } from "../../ask/stack";
import { callersIn, others, type Caller } from "./callers";

/** Who may call one application: a column of the table. */
export interface AccessColumn {
  readonly app: string;
  /** Those with another answer than `others`, by what `--ask` calls them, and gateways as `gateway NAME`. */
  readonly callers: readonly (AccessCell & { readonly caller: string })[];
  /** All the rest of the mesh. */
  readonly others: AccessCell;
}

/** What becomes of a caller's requests. */
export interface AccessCell {
  /** `conditional`: it depends on the request; `ways`, `except` and `asked` say on what of it. */
  readonly decision: Standing["decision"];
  /** What decided alone, by its key in the stack file. */
  readonly by?: string;
  /** Why it is closed, or open without a rule. */
  readonly reason?: string;
  /** Requests that are let in: one must fit. None: all that `except` and `asked` are not about. */
  readonly ways?: readonly AccessWay[];
  /** Requests that are refused. */
  readonly except?: readonly AccessWay[];
  /** Requests that an authorizer is asked about. */
  readonly asked?: readonly (AccessWay & { readonly provider: string })[];
  /** A dry run: every request is let in, and this is only counted. */
  readonly counted?: true;
}

export interface AccessWay {
  /** The rule, by its key in the stack file. */
  readonly rule: string;
  readonly conditions: Conditions;
}

/**
 * Who may call whom in a stack.
 *
 * @returns a column for each application that has rules, or that the mesh's default is for; none where nothing is said of
 *   access at all
 */
export function accessTable(stack: AskedStack): readonly AccessColumn[] {
  const closed = stack.settings.mesh.access.default !== "allow";
  const targets = [...stack.apps.values()].filter(
    ({ app }) => closed || app.access !== undefined || app.jwt !== undefined,
  );
  if (targets.length === 0) return [];
  const callers = callersIn(stack);
  const named = namer(callers);
  const cellOf = judge(stack);
  return targets.map((target) => {
    const rest = cellOf(target, others);
    const apart = named(target.access.rules);
    return {
      app: target.app.name,
      callers: callers.flatMap((caller) => {
        if (caller.gateway === undefined && caller.principal !== undefined && !apart.has(caller)) return [];
        const found = cellOf(target, caller);
        return isNews(found, rest) ? [{ caller: caller.label, ...found }] : [];
      }),
      others: rest,
    };
  });
}

/** Whether a cell says more than the one of all others: of two that are closed by no rule, one is enough. */
function isNews(cell: AccessCell, rest: AccessCell): boolean {
  if (cell.decision === "closed" && rest.decision === "closed" && cell.by === undefined) return false;
  return JSON.stringify(cell) !== JSON.stringify(rest);
}

/** Finds the callers that rules tell from others, in few steps for rules that name few. */
function namer(callers: readonly Caller[]): (rules: readonly AccessRule[]) => ReadonlySet<Caller> {
  const known = callers.flatMap((caller) => (caller.principal === undefined ? [] : [{ caller, is: caller.principal }]));
  const byPrincipal = grouped(known, ({ is }) => is);
  const byNamespace = grouped(known, ({ is }) => namespaceOf(is));
  return (rules) =>
    new Set(
      rules.flatMap(({ sources, conditions }) => {
        if (conditions.some(({ key }) => key.startsWith("source."))) return callers;
        return sources
          .flatMap(({ principals = [], namespaces = [] }) => [
            ...principals.flatMap((pattern) =>
              pattern.includes("*")
                ? known.filter(({ is }) => compares(pattern, is))
                : (byPrincipal.get(pattern) ?? []),
            ),
            ...namespaces.flatMap((namespace) => byNamespace.get(namespace) ?? []),
          ])
          .map(({ caller }) => caller);
      }),
    );
}

function grouped<T>(things: readonly T[], keyOf: (thing: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const group = groups.get(keyOf(thing));
    if (group) group.push(thing);
    else groups.set(keyOf(thing), [thing]);
  }
  return groups;
}

/** What a stack makes of a caller at an application. */
function judge(stack: AskedStack): (target: AskedApp, caller: Caller) => AccessCell {
  const strict = isStrict(stack.settings);
  const routed = new Set(
    [...stack.apps.values()].flatMap(({ routing }) =>
      routing.byOrigin.flatMap(({ origin, routes }) =>
        routes.flatMap(({ action }) =>
          origin.kind === "gateway" && action.kind === "forward"
            ? action.backends.map(({ namespace, service }) => `${origin.name} ${namespace}/${service}`)
            : [],
        ),
      ),
    ),
  );
  return ({ app, access, identity }, { principal, gateway, bare }) => {
    if (gateway !== undefined && !routed.has(`${gateway} ${app.namespace}/${app.service}`))
      return { decision: "closed", reason: "no route of this gateway leads to it" };
    if (identity === undefined) return { decision: "open", reason: "its pods have no sidecar, and so no rules" };
    if (bare && strict)
      return { decision: "closed", reason: "the caller's pods have no sidecar, and the mesh is STRICT" };
    return cellOf(access, standingOf(access, principal));
  };
}

function cellOf(access: AppAccess, standing: Standing): AccessCell {
  const { decision, rule, reason, ways, except, asked, counted } = standing;
  const way = ({ rule: place, conditions }: Way): AccessWay => ({
    rule: place ? keyIn(access.app, place) : `apps.${access.app}.jwt`,
    conditions,
  });
  return {
    decision,
    ...(decision !== "conditional" && { by: rule ? keyIn(access.app, rule) : withoutRule(access) }),
    ...(reason && { reason }),
    ...(ways && ways.length > 0 && { ways: ways.map(way) }),
    ...(except && { except: except.map(way) }),
    ...(asked && { asked: asked.map(({ provider, ...each }) => ({ provider, ...way(each) })) }),
    ...(counted && { counted }),
  };
}

/** What decides where no rule fits. */
function withoutRule({ app, rules }: AppAccess): string {
  return rules.some(({ action }) => action === "ALLOW") ? `apps.${app}.access` : "mesh.access.default";
}
