import type { Check } from "../engine/rule";
import type { Value } from "../engine/value";
import { isAddress, isLabel, isPartialWildcard, isWildcardDomain } from "../facts/istio/domains";
import { eachIn, guarded, type Refusals, type Refuse } from "./refuse";
import { labelFix, refusePort, refuseProtocol } from "./values";

export const refuseGateway: Refusals = (gateway, refuse, check) => {
  check.each([gateway.get("metadata", "name")], (name) => {
    const text = name.text();
    if (text !== undefined && !isLabel(text)) refuse(name, `has the name "${text}"`, labelFix);
  });
  const servers = gateway.get("spec", "servers");
  guarded(check, () => {
    if (servers.list().length === 0) refuse(servers, "has no servers", "Add one, or delete it.");
  });
  const names = new Set<string>();
  eachIn(check, servers, (server) => {
    refuseHosts(server.get("hosts"), refuse, check);
    guarded(check, () => {
      refuseServerPort(server, refuse);
    });
    const name = server.get("port", "name");
    const text = name.text();
    if (text === undefined) return;
    if (names.has(text)) refuse(name, `has two servers with the port name "${text}"`, "Give each a name of its own.");
    names.add(text);
  });
};

function refuseHosts(hosts: Value, refuse: Refuse, check: Check): void {
  guarded(check, () => {
    if (hosts.exists && hosts.list().length === 0) refuse(hosts, "has a server without hosts", 'Name one, or "*".');
  });
  eachIn(check, hosts, (host) => {
    const text = host.text();
    if (text === undefined) return;
    const [first = "", ...rest] = text.split("/");
    const [namespace, name] = rest.length === 0 ? [undefined, first] : [first, rest.join("/")];
    if (namespace !== undefined && namespace !== "*" && namespace !== "." && !isLabel(namespace))
      refuse(host, `has the host "${text}", whose namespace is none`, 'Write "NAMESPACE/HOST", or the host alone.');
    else if (name !== "*" && !name.includes("."))
      refuse(host, `has the host "${text}", a short name`, 'Write the full name, e.g. "web.example.com".');
    else if (!isAddress(name) && (!isWildcardDomain(name) || isPartialWildcard(name)))
      refuse(host, `has the host "${text}", which is none`, 'Write a name, or "*." before one.');
  });
}

function refuseServerPort(server: Value, refuse: Refuse): void {
  const port = server.get("port");
  const isSocket = server.get("bind").text()?.startsWith("unix://") ?? false;
  if (!isSocket) refusePort(port.get("number"), refuse);
  else if ((port.get("number").number() ?? 0) !== 0)
    refuse(port.get("number"), "has a port and the address of a socket", "Write number: 0.");
  if (port.get("protocol").text() === "") refuse(port.get("protocol"), "has a port without a protocol", "Name it.");
  refuseProtocol(port.get("protocol"), refuse);
  if (port.get("name").text() === "") refuse(port.get("name"), "has a port without a name", "Give it one.");
  if ((port.get("targetPort").number() ?? 0) > 0)
    refuse(port.get("targetPort"), "has a targetPort, which means nothing on a Gateway", "Take it out.");
}
