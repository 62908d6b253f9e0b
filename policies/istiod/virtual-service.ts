import type { KubernetesObject } from "../engine/resource";
import type { Check } from "../engine/rule";
import type { Value } from "../engine/value";
import { isAddress, isWildcardDomain } from "../facts/istio/domains";
import { overlap } from "../facts/istio/gateways";
import { textsOf } from "../facts/istio/objects";
import { routeName } from "../facts/istio/routes";
import { refuseDestinations, refuseHttpRoute } from "./http-route";
import { eachIn, guarded, type Refusals, type Refuse } from "./refuse";
import { knownTexts, refuseExportTo, refuseGatewayNames, refuseMatchedPort } from "./values";

export const refuseVirtualService: Refusals = (rule, refuse, check) => {
  const spec = rule.get("spec");
  eachIn(check, spec.get("hosts"), (host) => refuseHost(host, rule, refuse));
  guarded(check, () => refuseHosts(rule, refuse));
  guarded(check, () => refuseParts(rule, refuse));
  guarded(check, () => refuseGatewayNames(spec.get("gateways"), refuse));
  guarded(check, () => refuseExportTo(spec.get("exportTo"), rule.namespace, refuse));
  eachIn(check, spec.get("http"), (route) => {
    refuseHttpRoute(route, refuse, check);
  });
  for (const protocol of ["tls", "tcp"] as const)
    eachIn(check, spec.get(protocol), (route) => {
      guarded(check, () => {
        if (route.get("route").list().length === 0)
          refuse(route, `has a ${protocol} route ${routeName(route)} to nothing`, "Add a destination.");
      });
      refuseDestinations(route, refuse, check);
      eachIn(check, route.get("match"), (match) => {
        refuseMatchedPort(match.get("port"), refuse);
      });
      if (protocol === "tls") refuseServerNames(route, rule, refuse, check);
    });
};

function refuseHost(host: Value, rule: KubernetesObject, refuse: Refuse): void {
  const text = host.text();
  if (text === undefined || isWildcardDomain(text) || isAddress(text)) return;
  if (text.startsWith("outbound_") && isBetweenClusters(rule)) return;
  refuse(host, `has the host "${text}", which is none`, "Write a name, without a scheme, a port and a path.");
}

/** Whether a gateway passes TLS on by names that a mesh of several clusters gives its Services (`outbound_.80_._.web.shop`). */
function isBetweenClusters(rule: KubernetesObject): boolean {
  const gateways = textsOf(rule.get("spec", "gateways"));
  const matches = rule
    .get("spec", "tls")
    .list()
    .flatMap((route) => route.get("match").list());
  return (
    gateways.length > 0 &&
    !gateways.includes("mesh") &&
    matches.some((match) => match.get("sniHosts").list().length > 0)
  );
}

/** What hosts are together. */
function refuseHosts(rule: KubernetesObject, refuse: Refuse): void {
  const list = rule.get("spec", "hosts");
  const hosts = knownTexts(list);
  const gateways = textsOf(rule.get("spec", "gateways"));
  if (hosts.includes("*") && (gateways.length === 0 || gateways.includes("mesh"))) {
    refuse(list, 'has the host "*" for the mesh', "Name the hosts, or a Gateway, and that alone.");
    return;
  }
  for (const [index, host] of hosts.entries()) {
    const other = hosts.slice(index + 1).find((one) => overlap(host, one));
    if (other === undefined) continue;
    refuse(list, `has the hosts "${host}" and "${other}", which overlap`, "Keep one, or make two VirtualServices.");
    return;
  }
}

/** What a VirtualService has to have, and what one that others delegate to mustn't. */
function refuseParts(rule: KubernetesObject, refuse: Refuse): void {
  const has = (key: string) => rule.get("spec", key).list().length > 0;
  if (!["http", "tls", "tcp"].some(has)) refuse(rule.get("spec"), "has no routes", "Add http, tls or tcp.");
  if (has("hosts")) return;
  const further = rule
    .get("spec", "http")
    .list()
    .find((route) => route.get("delegate").exists);
  if (further)
    refuse(further, "has a delegate and no hosts, as one that others delegate to", "Add hosts, or write the routes.");
  for (const key of ["gateways", "tls", "tcp"].filter(has))
    refuse(
      rule.get("spec", key),
      `has ${key} and no hosts, as one that others delegate to`,
      "Add hosts, or take it out.",
    );
}

/** TLS routes go by server name: at least one, each under the VirtualService's hosts. */
function refuseServerNames(route: Value, rule: KubernetesObject, refuse: Refuse, check: Check): void {
  guarded(check, () => {
    if (route.get("match").list().length === 0)
      refuse(route, `has a tls route ${routeName(route)} without a match`, "Add match with sniHosts.");
  });
  eachIn(check, route.get("match"), (match) => {
    const list = match.get("sniHosts");
    const names = knownTexts(list);
    const hosts = textsOf(rule.get("spec", "hosts"));
    if (list.exists && list.list().length === 0) refuse(list, "has empty sniHosts in a tls route", "Name a host.");
    const wrong = names.find((name) => !isAddress(name) && !hosts.some((host) => isWithin(name, host)));
    if (wrong !== undefined)
      refuse(list, `has "${wrong}" in sniHosts, which none of its hosts covers`, "Add it to hosts.");
    // One that is unknown may be wrong, too.
    else textsOf(list);
  });
}

/** Whether every name that one host stands for is another's too. */
function isWithin(name: string, host: string): boolean {
  if (name === host || host === "*") return true;
  if (!host.startsWith("*")) return false;
  return name.startsWith("*") ? name.slice(1).endsWith(host.slice(1)) : name.endsWith(host.slice(1));
}
