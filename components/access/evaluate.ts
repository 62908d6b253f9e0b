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
export function decide(access: AppAccess, request: AccessRequest): Verdict {
  const token = tokenFault(access, request);
  if (token) return { decision: "refused", ...token };
  const verdict = judged(access, request);
  // Istio has no dry run of authorizers: nobody is asked.
  if (access.enforcement === "dryRun") return verdict.decision === "allowed" ? verdict : { ...verdict, counted: true };
  const asked = access.rules.find((rule) => rule.action === "CUSTOM" && fits(rule, request) !== false);
  return asked && verdict.decision !== "refused"
    ? {
        decision: "undecided",
        rule: asked.place,
        reasons: [`${asked.provider ?? "the authorizer"} is asked`, ...verdict.reasons],
      }
    : verdict;
}

/** What rules make of it that refuse and let in. */
function judged({ rules, closed }: AppAccess, request: AccessRequest): Verdict {
  const mayRefuse: string[] = [];
  for (const rule of rules.filter(({ action }) => action === "DENY")) {
    const answer = fits(rule, request);
    const reason = rule.place ? "a rule refuses it" : "it has no token, and the application requires one";
    if (answer === true) return { decision: "refused", status: 403, rule: rule.place, reasons: [reason] };
    if (answer === undefined) mayRefuse.push(unknownOf(rule));
  }
  const mayLetIn: string[] = [];
  const letIn = rules.filter(({ action }) => action === "ALLOW");
  for (const rule of letIn) {
    const answer = fits(rule, request);
    if (answer === true)
      return mayRefuse.length > 0
        ? { decision: "undecided", rule: rule.place, reasons: mayRefuse }
        : { decision: "allowed", rule: rule.place, reasons: [] };
    if (answer === undefined) mayLetIn.push(unknownOf(rule));
  }
  if (mayLetIn.length > 0) return { decision: "undecided", reasons: [...mayRefuse, ...mayLetIn] };
  const refused = { decision: "refused", status: 403 } as const;
  if (letIn.length > 0) return { ...refused, reasons: ["no rule lets it in"] };
  if (closed) return { ...refused, reasons: ["the application has no rule, and the mesh is closed by default"] };
  return mayRefuse.length > 0 ? { decision: "undecided", reasons: mayRefuse } : { decision: "allowed", reasons: [] };
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
  if (issuers.length === 0 || claims === undefined) return undefined;
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
