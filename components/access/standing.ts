import { asRead, decide, fitting } from "./evaluate";
import { fits } from "./matching";
import type { AccessCondition, AccessRule, AccessSource, AppAccess, Operation } from "./model";
import type { AccessRequest } from "./request";

/** What an application's rules make of all requests of one caller. */
export interface Standing {
  /** `conditional`: it depends on the request; `ways` and `except` say on what of it. */
  readonly decision: "open" | "conditional" | "closed";
  /** The rule that decided alone, by its place in the application's entry. */
  readonly rule?: AccessRule["place"];
  /** Why it is closed. */
  readonly reason?: string;
  /** Requests that rules let in, where it is conditional: one must fit. None: all that nothing else here is about. */
  readonly ways?: readonly Way[];
  /** Requests that rules refuse, where it is conditional. */
  readonly except?: readonly Way[];
  /** Requests that an authorizer is asked about, where it is conditional. */
  readonly asked?: readonly (Way & { readonly provider: string })[];
  /** In a dry run: every request is let in, and this is only counted. */
  readonly counted?: true;
}

/** Requests that fit one rule. */
export interface Way {
  /** The rule; none for one that follows from `jwt` alone. */
  readonly rule?: AccessRule["place"];
  /** What the caller alone doesn't decide; empty where all its requests fit. */
  readonly conditions: Conditions;
}

/** What must hold of a request. */
export interface Conditions extends Operation {
  /** Whether it must have a valid token of one of the application's issuers, or must have none. */
  readonly token?: boolean;
  /** Ranges of which one has the client's address. */
  readonly addresses?: readonly string[];
  /** Further attributes; claims of the token are among them. */
  readonly when?: readonly AccessCondition[];
}

/**
 * What an application's rules make of a caller, whatever it asks for.
 *
 * @param principal who calls; undefined without mutual TLS
 */
export function standingOf(access: AppAccess, principal: string | undefined): Standing {
  const request = asRead(access, { principal, claims: "open" });
  const { decision, rule, reasons, counted } = decide(access, request);
  const common = { ...(rule && { rule }), ...(counted && { counted }) };
  if (decision === "allowed") return { decision: "open", ...common };
  if (decision === "refused") return { decision: "closed", ...common, ...(reasons[0] && { reason: reasons[0] }) };
  const letting = fitting(access, "ALLOW", request);
  const sure = letting.find((each) => each.sure);
  const except = fitting(access, "DENY", request).map((each) => wayOf(each.rule, request));
  const asked = access.enforcement === "dryRun" ? [] : fitting(access, "CUSTOM", request);
  return {
    decision: "conditional",
    ways: (sure ? [sure] : letting).map((each) => wayOf(each.rule, request)),
    ...(except.length > 0 && { except }),
    ...(asked.length > 0 && {
      asked: asked.map((each) => ({ provider: each.rule.provider ?? "", ...wayOf(each.rule, request) })),
    }),
    ...(counted && { counted }),
  };
}

function wayOf(rule: AccessRule, request: AccessRequest): Way {
  return { ...(rule.place && { rule: rule.place }), conditions: conditionsOf(rule, request) };
}

/** What of a rule a request leaves open. */
function conditionsOf({ sources, operation, conditions }: AccessRule, request: AccessRequest): Conditions {
  const open = (own: Partial<Pick<AccessRule, "sources" | "operation" | "conditions">>) =>
    fits({ action: "ALLOW", sources: [], operation: {}, conditions: [], ...own }, request) === undefined;
  const may = sources.filter((source) => open({ sources: [source] }));
  const callers = open({ sources }) ? may : [];
  const when = conditions.filter((condition) => open({ conditions: [condition] }));
  const { methods, paths, ports } = operation;
  return {
    ...(methods && open({ operation: { methods } }) && { methods }),
    ...(paths && open({ operation: { paths } }) && { paths }),
    ...(ports && open({ operation: { ports } }) && { ports }),
    ...tokenOf(callers),
    ...addressesOf(callers),
    ...(when.length > 0 && { when }),
  };
}

/** A rule asks all its callers for a token, or none. */
function tokenOf([source]: readonly AccessSource[]): Pick<Conditions, "token"> {
  if (source?.requestPrincipals) return { token: true };
  return source?.notRequestPrincipals ? { token: false } : {};
}

function addressesOf(sources: readonly AccessSource[]): Pick<Conditions, "addresses"> {
  const blocks = sources.flatMap(({ remoteIpBlocks }) => (remoteIpBlocks ? [remoteIpBlocks] : []));
  return blocks.length > 0 && blocks.length === sources.length ? { addresses: [...new Set(blocks.flat())] } : {};
}
