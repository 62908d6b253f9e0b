import type { Check } from "../../../rule";
import type { KubernetesObject } from "../../../resource";
import type { Value } from "../../../value";
import { isAddress, isAddressRange, isDomain, isLabel, isWildcardDomain } from "../support/domains";
import { textsOf } from "../support/objects";
import { familyOf } from "../support/servers";
import { refuseExportTo, refuseLabels, refusePort, refuseProtocol } from "./common";
import { guarded, type Refusals, type Refuse } from "./refuse";

export const refuseServiceEntry: Refusals = (entry, refuse, check) => {
  const spec = entry.get("spec");
  check.each(spec.get("hosts").list(), (host) => {
    const text = host.text();
    if (text !== undefined && (text === "*" || !isWildcardDomain(text)))
      refuse(host, `has the host "${text}"`, 'Write a name, or "*." before one.');
  });
  check.each(spec.get("addresses").list(), (address) => {
    const text = address.text();
    if (text !== undefined && !isAddressRange(text))
      refuse(address, `has the address "${text}", which is none`, "Write e.g. 10.0.0.1 or 10.0.0.0/8.");
  });
  guarded(check, () => {
    if (spec.get("workloadSelector").exists && spec.get("endpoints").exists)
      refuse(spec.get("endpoints"), "has endpoints and a workloadSelector", "Keep one of them.");
  });
  guarded(check, () => refusePorts(spec.get("ports"), refuse));
  guarded(check, () => refuseResolution(entry, refuse, check));
  check.each([spec.get("exportTo")], (list) => refuseExportTo(list, entry.namespace, refuse, true));
};

function refusePorts(ports: Value, refuse: Refuse): void {
  const seen = new Set<string | number>();
  for (const port of ports.list()) {
    for (const value of [port.get("number"), port.get("targetPort")]) refusePort(value, refuse);
    refuseProtocol(port.get("protocol"), refuse);
    const name = port.get("name").text();
    if (name !== undefined && !isLabel(name))
      refuse(port.get("name"), `has the port name "${name}"`, "Use letters, digits and hyphens.");
    for (const own of [name, port.get("number").number()]) {
      if (own === undefined) continue;
      if (seen.has(own)) refuse(port, `has two ports ${own}`, "Give each a name and a number of its own.");
      seen.add(own);
    }
  }
}

/** What fits to how the proxies find the hosts. */
function refuseResolution(entry: KubernetesObject, refuse: Refuse, check: Check): void {
  const spec = entry.get("spec");
  const resolution = spec.get("resolution").text() ?? "NONE";
  const endpoints = spec.get("endpoints");
  const hosts = textsOf(spec.get("hosts"));
  const count = endpoints.list().length;
  const isByName = resolution === "DNS" || resolution === "DNS_ROUND_ROBIN";
  if (resolution === "NONE" && count > 0)
    refuse(endpoints, "has endpoints and the resolution NONE", "Set resolution: STATIC, or DNS.");
  const wild = hosts.find((host) => !isDomain(host));
  if (isByName && count === 0 && wild !== undefined)
    refuse(
      spec.get("hosts"),
      `has the host "${wild}", which no name server can look up (resolution ${resolution})`,
      "Name each host, add endpoints, or set resolution: NONE.",
    );
  if (resolution === "DNS_ROUND_ROBIN" && count > 1)
    refuse(endpoints, `has ${count} endpoints and the resolution ${resolution}`, "Keep one, or set resolution: DNS.");
  if (
    resolution !== "NONE" &&
    resolution !== "STATIC" &&
    textsOf(spec.get("addresses")).some((one) => one.includes("/"))
  )
    refuse(spec.get("addresses"), `has a range of addresses and the resolution ${resolution}`, "Set resolution: NONE.");
  const others = spec
    .get("ports")
    .list()
    .map((port) => port.get("protocol").text() ?? "TCP");
  const plain = others.find((protocol) => familyOf(protocol) === "TCP");
  if (resolution !== "NONE" && hosts.length > 1 && plain !== undefined)
    refuse(
      spec.get("hosts"),
      `has several hosts and a port of protocol ${plain}, where nothing tells them apart`,
      "Write a ServiceEntry for each, or set resolution: NONE.",
    );
  check.each(endpoints.list(), (endpoint) => refuseEndpoint(endpoint, entry, resolution, refuse));
}

function refuseEndpoint(endpoint: Value, entry: KubernetesObject, resolution: string, refuse: Refuse): void {
  const address = endpoint.get("address").text() ?? "";
  const isSocket = address.startsWith("unix://");
  if (resolution === "STATIC" && address !== "" && !isSocket && !isAddress(address))
    refuse(endpoint.get("address"), `has the endpoint "${address}" and the resolution STATIC`, "Set resolution: DNS.");
  if (resolution.startsWith("DNS") && !isAddress(address) && !isDomain(address))
    refuse(endpoint.get("address"), `has the endpoint "${address}"`, "Write a name or an IP address.");
  refuseLabels(endpoint.get("labels"), refuse);
  for (const [, port] of endpoint.get("ports").entries()) refusePort(port, refuse);
  const names = entry
    .get("spec", "ports")
    .list()
    .map((port) => port.get("name").text());
  const other = endpoint
    .get("ports")
    .entries()
    .find(([name]) => !names.includes(name));
  if (other)
    refuse(
      endpoint.get("ports"),
      `has an endpoint's port "${other[0]}", which none of its ports is`,
      "Use a port's name.",
    );
}
