import type { Check } from "../engine/rule";
import type { Value } from "../engine/value";
import { isLabel, isPartialWildcard, isWildcardDomain } from "../facts/istio/domains";
import { eachIn, guarded, type Refusals, type Refuse } from "./refuse";
import { refusePort, refusePortName, refuseProtocol } from "./values";

export const refuseSidecar: Refusals = (sidecar, refuse, check) => {
  const spec = sidecar.get("spec");
  const [ingress, egress] = [spec.get("ingress"), spec.get("egress")];
  guarded(check, () => {
    const isEmpty = ingress.list().length === 0 && egress.list().length === 0;
    if (isEmpty && !spec.get("outboundTrafficPolicy").exists && !spec.get("inboundConnectionPool").exists)
      refuse(spec, "says nothing", "Add egress, ingress or outboundTrafficPolicy, or delete it.");
  });
  for (const listeners of [ingress, egress]) {
    guarded(check, () => refuseTwice(listeners, refuse));
    eachIn(check, listeners, (listener) => {
      refuseListenerPort(listener, refuse, check);
    });
  }
  guarded(check, () => {
    const list = egress.list();
    const first = list.find((listener) => !listener.get("port").exists);
    if (first && first !== list.at(-1))
      refuse(first, "has an egress listener without a port before others", "Write it last, and only one.");
  });
  eachIn(check, egress, (listener) => {
    const hosts = listener.get("hosts");
    if (hosts.exists && hosts.list().length === 0)
      refuse(hosts, "has an egress listener without hosts", 'Name one, e.g. "./*".');
    eachIn(check, hosts, (host) => {
      const fix = fixOf(host.text() ?? "./*", sidecar.namespace);
      if (fix !== undefined) refuse(host, `imports "${host.text() ?? ""}"`, fix);
    });
  });
};

function refuseListenerPort(listener: Value, refuse: Refuse, check: Check): void {
  const port = listener.get("port");
  guarded(check, () => refuseProtocol(port.get("protocol"), refuse));
  guarded(check, () => {
    const name = port.get("name").text() ?? "";
    if (name !== "") refusePortName(port, name, refuse);
  });
  guarded(check, () => {
    if (listener.get("bind").text()?.startsWith("unix://")) return;
    if (port.exists && !port.get("number").exists)
      refuse(port, "has a listener's port without a number", "Add number.");
    refusePort(port.get("number"), refuse);
  });
}

function refuseTwice(listeners: Value, refuse: Refuse): void {
  const seen = new Set<number>();
  for (const listener of listeners.list()) {
    const number = listener.get("port", "number").number() ?? 0;
    if (number === 0) continue;
    if (seen.has(number)) refuse(listener, `has two listeners for the port ${number}`, "Make them one.");
    seen.add(number);
  }
}

/** What to write instead of an egress host; undefined for a good one. */
function fixOf(text: string, own = "NAMESPACE"): string | undefined {
  const [first = "", host, ...rest] = text.split("/");
  if (host === undefined || rest.length > 0) return 'Write NAMESPACE/HOST, "./HOST" for its own, "*/HOST" for any.';
  const namespace = first.replace(/^~/, "");
  if (first === "" || host === "" || (!["", "*", "."].includes(namespace) && !isLabel(namespace)))
    return 'Write NAMESPACE/HOST, "./HOST" for its own, "*/HOST" for any.';
  if (host !== "*" && !host.includes("."))
    return `Write the full name: "${first}/${host}.${isLabel(namespace) ? namespace : own}.svc.cluster.local".`;
  return isWildcardDomain(host) && !isPartialWildcard(host) ? undefined : 'Write a name, or "*." before one.';
}
