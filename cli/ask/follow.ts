import { decide, type Verdict } from "../../components/access/evaluate";
import type { AccessRequest } from "../../components/access/request";
import { serviceHost } from "../../components/manifests/names";
import { headersAfter, rewritten, routeOf, type RoutedRequest } from "../../components/routing/evaluate";
import type { AppRoutes, Backend, OnTheWay, Redirect } from "../../components/routing/model";
import { keyIn, type Answer, type AskedAccess, type AskedBackend } from "./answer";
import { backendLimits, routeLimit } from "./limits";
import type { Question } from "./question";
import type { AskedApp, AskedStack } from "./stack";

/** Who the next proxy sees. */
export type Seen = Pick<AccessRequest, "principal" | "remoteIp">;

/** What a request meets from where routes are asked: a gateway, or the caller's sidecar. */
export function follow(
  stack: AskedStack,
  question: Question,
  target: AskedApp,
  { routes }: Pick<AppRoutes, "routes">,
  request: RoutedRequest,
  seen: Seen,
): Omit<Answer, "question"> {
  const taken = routeOf(routes, request);
  if (!taken) return { outcome: "notFound", status: 404, backends: [], notes: ["No route takes it."] };
  const { route, match } = taken;
  const common = {
    route: {
      app: target.app.name,
      ...(route.place && { key: keyIn(target.app.name, route.place) }),
      ...(route.name && { name: route.name }),
    },
  };
  const { action } = route;
  if (action.kind === "redirect")
    return {
      ...common,
      outcome: "redirect",
      status: action.to.redirectCode ?? 301,
      location: locationOf(action, request, question.url.protocol),
      backends: [],
      notes: [],
    };
  if (action.kind === "respond")
    return { ...common, outcome: "response", status: action.response.status, backends: [], notes: [] };
  if (action.kind === "delegate") {
    const { namespace, name } = action.to;
    const note = `The routes of VirtualService ${namespace}/${name} decide, which aren't the stack file's.`;
    return { ...common, outcome: "undecided", backends: [], notes: [note] };
  }
  const limited = routeLimit(target, route);
  const aborted = abortOf(action);
  if (aborted?.percentage === 100)
    return {
      ...common,
      outcome: "response",
      status: aborted.status,
      backends: [],
      notes: [...limited, ...onTheWay(action)],
    };
  const path = rewritten(action, match, request.path);
  const changed = { ...request, path, headers: headersAfter(route, request.headers) };
  const backends = action.backends.map((backend) => backendOf(stack, question, backend, changed, seen));
  return {
    ...common,
    ...end(backends),
    ...(path !== question.url.pathname && { path }),
    backends,
    ...(action.timeout && { timeout: action.timeout }),
    ...(action.retries && { retries: action.retries }),
    notes: [
      ...limited,
      ...backendLimits(stack, backends),
      ...onTheWay(action),
      ...(question.claims ? takenForGranted(stack, question, action.backends) : []),
    ],
  };
}

/** The answer that a fault gives instead of an application; undefined if there is none. */
function abortOf({ fault }: OnTheWay): { readonly status: number; readonly percentage: number } | undefined {
  if (!fault?.abort) return undefined;
  // An answer of gRPC has its status in a trailer.
  return { status: fault.abort.httpStatus ?? 200, percentage: fault.abort.percentage };
}

/** What happens to a request besides, in sentences. */
function onTheWay({ fault, mirrors = [] }: OnTheWay): string[] {
  const share = (percentage: number) => (percentage === 100 ? "all requests" : `${percentage} % of requests`);
  const { delay, abort } = fault ?? {};
  const status = abort?.grpcStatus === undefined ? String(abort?.httpStatus) : `the gRPC status ${abort.grpcStatus}`;
  return [
    ...(delay ? [`A fault on purpose holds ${share(delay.percentage)} for ${delay.fixedDelay}.`] : []),
    ...(abort ? [`A fault on purpose answers ${share(abort.percentage)} with ${status}.`] : []),
    ...mirrors.map(({ service, namespace, version, port, percentage }) => {
      const host = `${serviceHost(service, namespace)}:${port}${version === undefined ? "" : ` (${version})`}`;
      return `Copies of ${share(percentage)} go to ${host}, whose answers are dropped.`;
    }),
  ];
}

/** Ports that a scheme implies. */
const implied: Readonly<Record<string, number>> = { http: 80, https: 443 };

/**
 * Where a redirect leads. Istio leaves a port out that the scheme implies, and then the one that the request was sent to
 * stays.
 */
function locationOf({ to }: Redirect, { authority, path, query }: RoutedRequest, protocol: string): string {
  const own = protocol.slice(0, -1);
  const scheme = to.scheme ?? own;
  const port = to.port === undefined || to.port === implied[scheme] ? "" : `:${to.port}`;
  const [, asked] = /:(\d+)$/.exec(authority) ?? [];
  const replaced = port !== "" || (scheme !== own && asked === String(implied[own]));
  const host = to.authority ?? (replaced ? authority.replace(/:\d+$/, "") : authority);
  return `${scheme}://${host}${port}${to.uri ?? path}${query === "" ? "" : `?${query}`}`;
}

/** Where a request ends, if all backends agree. */
function end(backends: readonly AskedBackend[]): Pick<Answer, "outcome" | "status"> {
  const results = new Set(
    backends.map(({ access: { decision, status, counted } }) =>
      counted ? "allowed" : decision === "refused" ? `refused ${status ?? ""}` : decision,
    ),
  );
  const [result = "allowed"] = results;
  if (results.size > 1 || result === "undecided") return { outcome: "undecided" };
  return result === "allowed"
    ? { outcome: "application" }
    : { outcome: "refused", status: Number(result.split(" ")[1]) };
}

function backendOf(
  stack: AskedStack,
  question: Question,
  backend: Backend,
  { method, path, headers }: RoutedRequest,
  seen: Seen,
): AskedBackend {
  const owner = stack.byService.get(`${backend.namespace}/${backend.service}`);
  const common = {
    host: serviceHost(backend.service, backend.namespace),
    port: backend.port,
    ...(backend.version && { version: backend.version }),
    weight: backend.weight,
  };
  if (!owner) return { ...common, access: { decision: "undecided", reasons: ["the service is of others"] } };
  if (owner.identity === undefined) return { ...common, app: owner.app.name, access: withoutRules };
  const { workload, port } = owner.app;
  const verdict = decide(owner.access, {
    ...seen,
    method,
    path,
    headers: question.claims ? withoutToken(owner, headers) : headers,
    port: workload && backend.port === port ? (workload.containerPort ?? port) : undefined,
    claims: question.claims && tokenOf(owner, question.claims),
  });
  return { ...common, app: owner.app.name, access: accessOf(owner, verdict) };
}

/** Of pods without a sidecar. */
export const withoutRules: AskedAccess = {
  decision: "allowed",
  reasons: ["its pods have no sidecar, and so no rules"],
};

/** A token is taken off when it is read, before any rule that refuses or lets in is asked. */
function withoutToken({ access: { issuers } }: AskedApp, headers: RoutedRequest["headers"]): RoutedRequest["headers"] {
  const { authorization: _, ...rest } = headers;
  return issuers.some(({ forwardOriginalToken }) => !forwardOriginalToken) ? rest : headers;
}

/** What a valid token for an application says where the question leaves it out. */
function tokenOf({ access: { issuers } }: AskedApp, claims: NonNullable<Question["claims"]>): Record<string, unknown> {
  const issuer = issuers.find((each) => each.issuer === claims.iss) ?? issuers[0];
  return {
    ...(issuer && { iss: issuer.issuer }),
    ...(issuer?.audiences && { aud: issuer.audiences[0] }),
    sub: "somebody",
    ...claims,
  };
}

function takenForGranted({ byService }: AskedStack, { claims = {} }: Question, backends: readonly Backend[]): string[] {
  const issuers = backends.flatMap(
    ({ namespace, service }) => byService.get(`${namespace}/${service}`)?.access.issuers ?? [],
  );
  const missing = ["iss", "aud", "sub"].filter((claim) => !Object.hasOwn(claims, claim));
  return issuers.length > 0 && missing.length > 0
    ? [
        `The token is taken to be valid, with ${missing.join(", ")} as the application wants ${missing.length > 1 ? "them" : "it"}.`,
      ]
    : [];
}

function accessOf({ app }: AskedApp, { rule, ...verdict }: Verdict): AskedAccess {
  return { ...verdict, ...(rule && { rule: keyIn(app.name, rule) }) };
}
