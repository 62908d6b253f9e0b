import type { Check } from "../engine/rule";
import type { KubernetesObject } from "../engine/resource";
import type { Value } from "../engine/value";
import { isAddress, isAddressRange, isDomain, isWildcardDomain } from "../facts/istio/domains";
import { familyOf } from "../facts/istio/servers";
import { eachIn, eachOf, guarded, type Refusals, type Refuse } from "./refuse";
import { knownTexts, refuseExportTo, refuseLabels, refusePort, refusePortName, refuseProtocol } from "./values";

export const refuseServiceEntry: Refusals = (entry, refuse, check) => {
  const spec = entry.get("spec");
  eachIn(check, spec.get("hosts"), (host) => {
    const text = host.text();
    if (text !== undefined && (text === "*" || !isWildcardDomain(text)))
      refuse(host, `has the host "${text}"`, 'Write a name, or "*." before one.');
  });
  eachIn(check, spec.get("addresses"), (address) => {
    const text = address.text();
    if (text !== undefined && !isAddressRange(text))
      refuse(address, `has the address "${text}", which is none`, "Write e.g. 10.0.0.1 or 10.0.0.0/8.");
  });
  guarded(check, () => {
    if (spec.get("workloadSelector").exists && spec.get("endpoints").exists)
      refuse(spec.get("endpoints"), "has endpoints and a workloadSelector", "Keep one of them.");
  });
  refusePorts(spec.get("ports"), refuse, check);
  refuseResolution(entry, refuse, check);
  guarded(check, () => refuseExportTo(spec.get("exportTo"), entry.namespace, refuse, true));
};

function refusePorts(ports: Value, refuse: Refuse, check: Check): void {
  const seen = new Set<string | number>();
  eachIn(check, ports, (port) => {
    for (const key of ["number", "targetPort"]) guarded(check, () => refusePort(port.get(key), refuse));
    guarded(check, () => refuseProtocol(port.get("protocol"), refuse));
    const name = port.get("name").text();
    if (name !== undefined) refusePortName(port.get("name"), name, refuse);
    for (const own of [name, port.get("number").number()]) {
      if (own === undefined) continue;
      if (seen.has(own)) refuse(port, `has two ports ${own}`, "Give each a name and a number of its own.");
      seen.add(own);
    }
  });
}

/** What fits to how the proxies find the hosts. */
function refuseResolution(entry: KubernetesObject, refuse: Refuse, check: Check): void {
  const spec = entry.get("spec");
  const [hosts, endpoints, addresses] = [spec.get("hosts"), spec.get("endpoints"), spec.get("addresses")];
  const resolution = () => spec.get("resolution").text() ?? "NONE";
  guarded(check, () => refuseCount(endpoints, resolution(), refuse));
  guarded(check, () => {
    const wild = knownTexts(hosts).find((host) => !isDomain(host));
    if (/^DNS(_ROUND_ROBIN)?$/.test(resolution()) && wild !== undefined && endpoints.list().length === 0)
      refuse(
        hosts,
        `has the host "${wild}", which no name server can look up (resolution ${resolution()})`,
        "Name each host, add endpoints, or set resolution: NONE.",
      );
  });
  guarded(check, () => {
    const isRange = knownTexts(addresses).some((address) => address.includes("/"));
    if (isRange && resolution() !== "NONE" && resolution() !== "STATIC")
      refuse(addresses, `has a range of addresses and the resolution ${resolution()}`, "Set resolution: NONE.");
  });
  guarded(check, () => {
    const protocols = spec
      .get("ports")
      .list()
      .map((port) => port.get("protocol").text() ?? "TCP");
    const plain = protocols.find((protocol) => familyOf(protocol) === "TCP");
    if (resolution() !== "NONE" && hosts.list().length > 1 && plain !== undefined)
      refuse(
        hosts,
        `has several hosts and a port of protocol ${plain}, where nothing tells them apart`,
        "Write a ServiceEntry for each, or set resolution: NONE.",
      );
  });
  eachIn(check, endpoints, (endpoint) => {
    guarded(check, () => refuseAddress(endpoint.get("address"), resolution(), refuse));
    guarded(check, () => refuseLabels(endpoint.get("labels"), refuse));
    eachOf(check, endpoint.get("ports"), ([name, port]) => {
      refuseEndpointPort(name, port, entry, refuse);
    });
  });
}

function refuseCount(endpoints: Value, resolution: string, refuse: Refuse): void {
  const count = endpoints.list().length;
  if (resolution === "NONE" && count > 0)
    refuse(endpoints, "has endpoints and the resolution NONE", "Set resolution: STATIC, or DNS.");
  if (resolution === "DNS_ROUND_ROBIN" && count > 1)
    refuse(endpoints, `has ${count} endpoints and the resolution ${resolution}`, "Keep one, or set resolution: DNS.");
}

function refuseAddress(address: Value, resolution: string, refuse: Refuse): void {
  const text = address.text() ?? "";
  const isSocket = text.startsWith("unix://");
  if (resolution === "STATIC" && text !== "" && !isSocket && !isAddress(text))
    refuse(address, `has the endpoint "${text}" and the resolution STATIC`, "Set resolution: DNS.");
  if (resolution.startsWith("DNS") && !isAddress(text) && !isDomain(text))
    refuse(address, `has the endpoint "${text}"`, "Write a name or an IP address.");
}

function refuseEndpointPort(name: string, port: Value, entry: KubernetesObject, refuse: Refuse): void {
  refusePort(port, refuse);
  const ports = entry.get("spec", "ports").list();
  if (ports.every((one) => one.get("name").text() !== name))
    refuse(port, `has an endpoint's port "${name}", which none of its ports is`, "Use a port's name.");
}
