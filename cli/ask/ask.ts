import { isIP } from "node:net";
import { Netmask } from "netmask";
import { identity, namespaceOf, ofThisMesh } from "../../components/access/identities";
import { gatewayIdentity } from "../../components/access/resolve";
import { externalHosts } from "../../components/manifests/istio/service-entry";
import { serviceHost } from "../../components/manifests/names";
import { wildcardGateway } from "../../components/manifests/istio/gateway";
import { normalized, type RoutedRequest } from "../../components/routing/evaluate";
import { certificateNames, covers } from "../../components/settings/domain/hosts";
import type { DomainSettings } from "../../components/settings/domain/schema";
import type { GatewaySettings } from "../../components/settings/gateways/schema";
import type { Answer } from "./answer";
import { undecided, unreachable } from "./ends";
import { follow } from "./follow";
import { leave } from "./leave";
import { isStrict, passedOn, unseen } from "./passed-on";
import { gatewayLimit } from "./limits";
import { QuestionError, type Question } from "./question";
import type { AskedApp, AskedStack } from "./stack";

/** Who asks, as proxies see it. */
interface Caller {
  /** Undefined for somebody outside, and for pods without a sidecar. */
  readonly principal?: string;
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly app?: AskedApp;
}

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

function callerOf({ apps, settings }: AskedStack, { asker }: Question): Caller {
  switch (asker.kind) {
    case "internet":
      return { labels: {} };
    case "namespace":
      // No rule names its ServiceAccount; a pattern for all of the namespace fits.
      return { principal: identity(asker.name, "?"), namespace: asker.name, labels: {} };
    case "principal":
      return {
        principal: ofThisMesh(asker.name, settings.mesh.trustDomain),
        namespace: namespaceOf(asker.name),
        labels: {},
      };
    case "app": {
      const app = apps.get(asker.name);
      if (!app)
        throw new QuestionError(
          `--ask: the stack has no application ${asker.name}. It has ${[...apps.keys()].join(", ") || "none"}; or write internet, an address, namespace NAME or principal NAME.`,
        );
      return {
        ...(app.identity !== undefined && { principal: app.identity }),
        namespace: app.app.namespace,
        labels: app.app.pods.labels,
        app,
      };
    }
  }
}

/** The stack's domain that a host is, or is below: the longest one. */
function domainOf({ settings: { domain } }: AskedStack, host: string): DomainSettings | undefined {
  return [domain, ...domain.additional]
    .filter(({ name }) => host === name || host.endsWith(`.${name}`))
    .sort((one, other) => other.name.length - one.name.length)[0];
}

function throughGateway(stack: AskedStack, question: Question, domain: DomainSettings): Omit<Answer, "question"> {
  const { settings, apps } = stack;
  const { url, asker } = question;
  const settled = settings.gateways.find(({ key }) => key === domain.gateway);
  if (!settled) throw new Error(`${domain.name} has no gateway ${domain.gateway}.`);
  const served = [settings.domain, ...settings.domain.additional].filter(({ gateway }) => gateway === settled.key);
  const certificates = served.flatMap((each) => (each.certificate.arn ? [] : certificateNames(each)));
  const gateway = {
    name: settled.key,
    object: `${settled.namespace}/${wildcardGateway(settled.key)}`,
    certificates,
  };
  const address = asker.kind === "internet" ? asker.address : undefined;
  const closed = closedTo(settled, address);
  if (closed !== undefined) return { gateway, ...unreachable(closed) };
  const port = portOf(url);
  if (port === 80 && url.protocol === "http:")
    return {
      gateway,
      outcome: "redirect",
      status: 301,
      location: `https://${url.hostname}${normalized(url.pathname)}${url.search}`,
      backends: [],
      notes: ["The gateway redirects http to https."],
    };
  if (port !== 443 || url.protocol !== "https:")
    return {
      gateway,
      ...unreachable("The load balancer listens for http on port 80 and for https on 443, and nowhere else."),
    };
  const given = served.some(({ certificate }) => certificate.arn);
  if (!given && !certificates.some((name) => covers(name, url.hostname)))
    return { gateway, ...unreachable(`No certificate covers ${url.hostname}: a client gives up while it greets.`) };
  const found = [...apps.values()].flatMap((target) =>
    target.routing.byOrigin.flatMap((routes) =>
      routes.origin.kind === "gateway" && routes.origin.name === settled.key && routes.hosts.includes(url.hostname)
        ? [{ target, routes }]
        : [],
    ),
  )[0];
  if (!found)
    return {
      gateway,
      outcome: "notFound",
      status: 404,
      backends: [],
      notes: [...gatewayLimit(settled), "No application has this host on the gateway."],
    };
  const request = requestOf(question, 443);
  const seen = {
    principal: gatewayIdentity(settled, settled.key),
    ...(settled.preserveClientIp && address !== undefined && { remoteIp: address }),
  };
  const answer = follow(stack, question, found.target, found.routes, request, seen);
  return { gateway, ...answer, notes: [...gatewayLimit(settled), ...answer.notes] };
}

/** Why a load balancer answers nobody at an address. */
function closedTo({ key, scheme, sourceRanges }: GatewaySettings, address: string | undefined): string | undefined {
  if (scheme === "internal" && address === undefined)
    return `The load balancer of ${key} is internal: ask with an address of the network, e.g. from 10.0.0.1.`;
  if (sourceRanges.length === 0) return undefined;
  if (address === undefined)
    return `gateways.${key}.sourceRanges lets in ${sourceRanges.join(", ")}: ask with an address, e.g. from internet ${sourceRanges[0]?.split("/")[0] ?? ""}.`;
  return sourceRanges.some((range) => new Netmask(range).contains(address))
    ? undefined
    : `gateways.${key}.sourceRanges doesn't let ${address} in.`;
}

/** A Service of the cluster, as a name asks for it. */
interface Named {
  readonly service: string;
  readonly namespace: string;
  readonly app: AskedApp | undefined;
}

/** What a name is inside of the cluster: NAME, NAME.NAMESPACE, and their longer forms. */
function serviceOf({ settings, byService }: AskedStack, host: string, own: string | undefined): Named | undefined {
  const [, service = "", namespace = own ?? "", long] =
    /^([a-z0-9-]+)(?:\.([a-z0-9-]+)(\.svc(?:\.cluster\.local)?)?)?$/.exec(host) ?? [];
  if (service === "" || namespace === "") return undefined;
  const app = byService.get(`${namespace}/${service}`);
  const known =
    app !== undefined || settings.apps.some((each) => each.namespace === namespace) || settings.namespaces[namespace];
  return known || long !== undefined || host === service ? { service, namespace, app } : undefined;
}

function insideMesh(
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

/** What becomes of a call to a name outside, where the mesh has something to say; undefined where it lets it go. */
function outside(
  stack: AskedStack,
  { url }: Question,
  { app, principal }: Caller,
  isOwn: boolean,
): Omit<Answer, "question"> | undefined {
  if (principal === undefined) return undefined;
  const { settings } = stack;
  const port = portOf(url);
  const entry = Object.entries(settings.external).find(
    ([, external]) =>
      external.port === port &&
      (external.hosts.some(
        (host) => host === url.hostname || (host.startsWith("*.") && url.hostname.endsWith(host.slice(1))),
      ) ||
        // Of HTTP and TLS a sidecar reads the name; of a bare connection it has the address alone.
        (external.protocol === "tcp" && external.addresses?.includes(url.hostname) === true)),
  );
  const registered = settings.mesh.outboundTrafficPolicy === "REGISTRY_ONLY";
  if (entry) {
    const [name, external] = entry;
    const imported = !app?.imports || externalHosts(external).some((host) => app.imports?.includes(host));
    if (imported && isOwn) return undefined;
    if (imported) return leave(stack, name, external, { host: url.hostname, principal });
    return registered
      ? unreachable(`apps.${app.app.name}.calls doesn't list {external: ${name}}, and the mesh is REGISTRY_ONLY.`)
      : {
          outcome: "application",
          backends: [],
          notes: [`It leaves the mesh unseen: calls doesn't list {external: ${name}}.`],
        };
  }
  return registered
    ? unreachable(`${url.hostname} is in no entry of external, and the mesh is REGISTRY_ONLY.`)
    : undefined;
}

function leaves({ url }: Question): Omit<Answer, "question"> {
  return { outcome: "application", backends: [], notes: [`${url.hostname} is outside: the call leaves the mesh.`] };
}

function portOf({ port, protocol }: URL): number {
  return port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
}

function requestOf({ method, url, headers, claims }: Question, port: number): RoutedRequest {
  // Routes see the token itself, whatever stands in it.
  const token = claims && { authorization: "Bearer TOKEN" };
  return {
    method,
    // TLS has ended at the load balancer.
    scheme: "http",
    authority: url.host,
    path: normalized(url.pathname),
    query: url.search.slice(1),
    headers: { ...token, ...headers },
    port,
  };
}

/** Inside of the mesh an application is believed what it says of the scheme. */
function schemeSaid({ headers }: Question): Partial<RoutedRequest> {
  const said = headers["x-forwarded-proto"];
  return said === "http" || said === "https" ? { scheme: said } : {};
}
