import { Netmask } from "netmask";
import { gatewayIdentity } from "../../components/access/resolve";
import { wildcardGateway } from "../../components/manifests/istio/gateway";
import { normalized } from "../../components/routing/evaluate";
import { certificateNames, covers } from "../../components/settings/domain/hosts";
import type { DomainSettings } from "../../components/settings/domain/schema";
import type { GatewaySettings } from "../../components/settings/gateways/schema";
import type { Answer } from "./answer";
import { unreachable } from "./ends";
import { follow } from "./follow";
import { gatewayLimit } from "./limits";
import type { Question } from "./question";
import { portOf, requestOf } from "./request";
import type { AskedStack } from "./stack";

/** What a request meets that comes in from outside: load balancer, certificate, the application that has the host. */
export function throughGateway(
  stack: AskedStack,
  question: Question,
  domain: DomainSettings,
): Omit<Answer, "question"> {
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
