import { isIP } from "node:net";
import { serviceHost } from "../../components/manifests/names";
import type { RoutedRequest } from "../../components/routing/evaluate";
import type { Answer } from "./answer";
import type { Caller } from "./caller";
import { undecided, unreachable } from "./ends";
import { follow } from "./follow";
import { isStrict, passedOn, unseen } from "./passed-on";
import type { Question } from "./question";
import { requestOf } from "./request";
import type { AskedApp, AskedStack } from "./stack";

/** A Service of the cluster, as a name asks for it. */
export interface Named {
  readonly service: string;
  readonly namespace: string;
  readonly app: AskedApp | undefined;
}

/** What a name is inside of the cluster: NAME, NAME.NAMESPACE, and their longer forms. */
export function serviceOf(
  { settings, byService }: AskedStack,
  host: string,
  own: string | undefined,
): Named | undefined {
  const [, service = "", namespace = own ?? "", long] =
    /^([a-z0-9-]+)(?:\.([a-z0-9-]+)(\.svc(?:\.cluster\.local)?)?)?$/.exec(host) ?? [];
  if (service === "" || namespace === "") return undefined;
  const app = byService.get(`${namespace}/${service}`);
  const known =
    app !== undefined || settings.apps.some((each) => each.namespace === namespace) || settings.namespaces[namespace];
  return known || long !== undefined || host === service ? { service, namespace, app } : undefined;
}

/** What a call to a Service of the cluster meets, from the caller's sidecar on. */
export function insideMesh(
  stack: AskedStack,
  question: Question,
  caller: Caller,
  { service, namespace, app }: Named,
): Omit<Answer, "question"> {
  const { settings } = stack;
  const host = serviceHost(service, namespace);
  if (question.url.protocol === "https:")
    return undecided("It is encrypted by the application itself: no proxy reads it.");
  const imports = caller.app?.imports;
  const unlisted =
    caller.principal !== undefined && imports && !imports.includes(`${namespace}/${host}`) && caller.app !== app
      ? `apps.${caller.app.app.name}.calls doesn't list it, so its sidecars don't know ${host}`
      : undefined;
  if (unlisted !== undefined && settings.mesh.outboundTrafficPolicy === "REGISTRY_ONLY")
    return unreachable(`${unlisted}.`);
  if (!app) return undecided(`${host} is a Service of others: nothing of it stands in the stack file.`);
  const asked = question.url.port === "" ? undefined : Number(question.url.port);
  if (asked !== undefined && asked !== app.app.port)
    return unreachable(`${host} has no port ${asked}, but ${app.app.port}.`);
  if (unlisted !== undefined) return passedOn(settings, app, unlisted);
  const notes =
    asked === undefined && app.app.port !== 80 ? [`The port is taken to be ${app.app.port}, the Service's.`] : [];
  if (caller.principal === undefined) {
    const alone = "The caller's pods have no sidecar";
    if (app.identity === undefined) return unseen(app, `${alone}: no route holds for them.`);
    return isStrict(settings)
      ? unreachable(`${alone}, and the mesh is STRICT: the connection is reset.`)
      : undecided(`${alone}: no route holds for them.`);
  }
  const mesh = app.routing.byOrigin.find(({ origin }) => origin.kind === "mesh");
  const request: RoutedRequest = {
    ...requestOf(question, app.app.port),
    ...schemeSaid(question),
    source: { namespace: caller.namespace ?? "", labels: caller.labels },
  };
  // What the caller writes there itself is believed; without it, it is the pod's own address.
  const claimed = question.headers["x-forwarded-for"]?.split(",").at(-1)?.trim();
  const remoteIp = claimed !== undefined && isIP(claimed) ? claimed : podRange(settings);
  const answer = follow(stack, question, app, { routes: mesh?.routes ?? [] }, request, {
    principal: caller.principal,
    remoteIp,
  });
  return { ...answer, notes: [...notes, ...answer.notes] };
}

/** The range that pods have their addresses from; undefined for a VPC that exists. */
function podRange({ network }: AskedStack["settings"]): string | undefined {
  return "cidr" in network ? network.cidr : undefined;
}

/** Inside of the mesh an application is believed what it says of the scheme. */
function schemeSaid({ headers }: Question): Partial<RoutedRequest> {
  const said = headers["x-forwarded-proto"];
  return said === "http" || said === "https" ? { scheme: said } : {};
}
