import type { Value } from "../../../value";
import { isAddress, isLabel, isWildcardDomain } from "../support/domains";
import { refusePort } from "./common";
import { guarded, type Refusals, type Refuse } from "./refuse";

/** What a Gateway's server may speak. TLS settings are another rule's. */
const protocols = ["HTTP", "HTTPS", "HTTP2", "GRPC", "GRPC-WEB", "TLS", "TCP", "MONGO", "REDIS", "MYSQL", "UDP"];

export const refuseGateway: Refusals = (gateway, refuse, check) => {
  check.each([gateway.get("metadata", "name")], (name) => {
    const text = name.text();
    if (text !== undefined && !isLabel(text))
      refuse(name, "has a name that is no DNS label", "Use letters, digits and hyphens, and no dot.");
  });
  guarded(check, () => {
    const list = gateway.get("spec", "servers");
    const servers = list.list();
    if (servers.length === 0) refuse(list, "has no servers", "Add one, or delete it.");
    check.each(servers, (server) => {
      refuseHosts(server.get("hosts"), refuse);
    });
    check.each(servers, (server) => {
      refuseServerPort(server.get("port"), refuse);
    });
    const names = new Set<string>();
    check.each(servers, (server) => {
      const name = server.get("port", "name");
      const text = name.text();
      if (text === undefined) return;
      if (names.has(text)) refuse(name, `has two servers with the port name "${text}"`, "Give each a name of its own.");
      names.add(text);
    });
  });
};

function refuseHosts(hosts: Value, refuse: Refuse): void {
  const list = hosts.list();
  if (hosts.exists && list.length === 0) refuse(hosts, "has a server without hosts", 'Name one, or "*".');
  for (const host of list) {
    const text = host.text();
    if (text === undefined) continue;
    const [first = "", ...rest] = text.split("/");
    const [namespace, name] = rest.length === 0 ? [undefined, first] : [first, rest.join("/")];
    if (namespace !== undefined && namespace !== "*" && namespace !== "." && !isLabel(namespace))
      refuse(host, `has the host "${text}", whose namespace is none`, 'Write "NAMESPACE/HOST", or the host alone.');
    else if (name !== "*" && !name.includes("."))
      refuse(host, `has the host "${text}", a short name`, 'Write the full name, e.g. "web.example.com".');
    else if (!isAddress(name) && (!isWildcardDomain(name) || isPartial(name)))
      refuse(host, `has the host "${text}", which is none`, 'Write a name, or "*." before one.');
  }
}

function isPartial(host: string): boolean {
  return host.includes("*") && host !== "*" && !host.startsWith("*.");
}

function refuseServerPort(port: Value, refuse: Refuse): void {
  refusePort(port.get("number"), refuse);
  const protocol = port.get("protocol").text();
  if (protocol !== undefined && !protocols.includes(protocol.toUpperCase()))
    refuse(port.get("protocol"), `has the protocol "${protocol}"`, `Write one of ${protocols.join(", ")}.`);
  if (port.get("name").text() === "") refuse(port.get("name"), "has a port without a name", "Give it one.");
  if ((port.get("targetPort").number() ?? 0) > 0)
    refuse(port.get("targetPort"), "has a targetPort, which means nothing on a Gateway", "Take it out.");
}
