import { fits } from "./matching";
import type { AccessRule, AppAccess } from "./model";
import { attribute, listOf, type AccessRequest } from "./request";

/** What becomes of a request at an application. */
export interface Verdict {
  /** `undecided`: it depends on what a plan doesn't know; `reasons` says on what. */
  readonly decision: "allowed" | "refused" | "undecided";
  /** The status of a refused one. */
  readonly status?: 401 | 403;
  /** The rule that decided, by its place in the application's entry; none where there is none for it. */
  readonly rule?: AccessRule["place"];
  readonly reasons: readonly string[];
  /** In a dry run: the request is let in, and this is only counted. */
  readonly counted?: true;
}

/**
 * What an application's rules make of a request. A proxy asks the authorizer (CUSTOM) first, then reads the token, then
 * refuses (DENY) and lets in (ALLOW): what any of the last three refuses is refused, whatever the authorizer says.
 *
 * @see https://istio.io/latest/docs/concepts/security/#implicit-enablement
 */
export function decide(access: AppAccess, asked: AccessRequest): Verdict {
  const request = asRead(access, asked);
  const token = tokenFault(access, request);
  if (token) return { decision: "refused", ...token };
  const verdict = judged(access, request);
  // Istio has no dry run of authorizers: nobody is asked.
  if (access.enforcement === "dryRun") return verdict.decision === "allowed" ? verdict : { ...verdict, counted: true };
  const [custom] = fitting(access, "CUSTOM", request);
  return custom && verdict.decision !== "refused"
    ? {
        decision: "undecided",
        rule: custom.rule.place,
        reasons: [`${custom.rule.provider ?? "the authorizer"} is asked`, ...verdict.reasons],
      }
    : verdict;
}

/** A request as an application's sidecar reads it: where no issuer is named, nobody reads a token. */
export function asRead({ issuers }: AppAccess, { claims, ...rest }: AccessRequest): AccessRequest {
  return issuers.length > 0 ? { ...rest, claims } : rest;
}

/** A rule that fits a request, or may. */
export interface Fitting {
  readonly rule: AccessRule;
  /** False: it depends on what the request leaves open. */
  readonly sure: boolean;
}

/** Rules of an action that fit a request or may, in the order of the stack file. */
export function fitting({ rules }: AppAccess, action: AccessRule["action"], request: AccessRequest): Fitting[] {
  return rules.flatMap((rule) => {
    const answer = rule.action === action ? fits(rule, request) : false;
    return answer === false ? [] : [{ rule, sure: answer === true }];
  });
}

/** What rules make of it that refuse and let in. */
function judged(access: AppAccess, request: AccessRequest): Verdict {
  const refusing = fitting(access, "DENY", request);
  const refusal = refusing.find(({ sure }) => sure)?.rule;
  const refused = { decision: "refused", status: 403 } as const;
  if (refusal) {
    const reason = refusal.place ? "a rule refuses it" : "it has no token, and the application requires one";
    return { ...refused, rule: refusal.place, reasons: [reason] };
  }
  const mayRefuse = refusing.map(({ rule }) => unknownOf(rule));
  const letting = fitting(access, "ALLOW", request);
  const letIn = letting.find(({ sure }) => sure)?.rule;
  if (letIn) return { decision: mayRefuse.length > 0 ? "undecided" : "allowed", rule: letIn.place, reasons: mayRefuse };
  if (letting.length > 0)
    return { decision: "undecided", reasons: [...mayRefuse, ...letting.map(({ rule }) => unknownOf(rule))] };
  if (access.rules.some(({ action }) => action === "ALLOW")) return { ...refused, reasons: ["no rule lets it in"] };
  if (access.closed) return { ...refused, reasons: ["the application has no rule, and the mesh is closed by default"] };
  return { decision: mayRefuse.length > 0 ? "undecided" : "allowed", reasons: mayRefuse };
}

/** What of a rule a question doesn't say. */
function unknownOf({ place = [], sources, conditions }: AccessRule): string {
  const where = place.map((part) => (typeof part === "number" ? `[${part}]` : part)).join("");
  const keys = conditions.map(({ key }) => key).filter((key) => attribute(key, complete) === undefined);
  const what =
    keys.length > 0 ? keys.join(", ") : sources.some((each) => each.remoteIpBlocks) ? "an address" : "a port";
  return `${where} asks for ${what}, which the question doesn't say`;
}

/** A request of which everything is known that a question can say. */
const complete: AccessRequest = { remoteIp: "192.0.2.1", port: 80, method: "GET", path: "/", headers: {} };

/** A token that the application doesn't take is refused before any rule is asked. */
function tokenFault(
  { issuers }: AppAccess,
  { claims }: AccessRequest,
): Pick<Verdict, "status" | "reasons"> | undefined {
  if (claims === undefined || claims === "open") return undefined;
  const issuer = issuers.find((each) => each.issuer === claims.iss);
  if (!issuer)
    return { status: 401, reasons: [`its token's issuer is ${text(claims.iss)}, which the application doesn't take`] };
  const audiences = listOf(claims.aud);
  if (issuer.audiences && !issuer.audiences.some((audience) => audiences.includes(audience)))
    return {
      status: 403,
      reasons: [`its token is for ${audiences.join(", ") || "nobody"}, not for ${issuer.audiences.join(" or ")}`],
    };
  return undefined;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "not said";
}
