import type { Value } from "../../../value";
import { isLabel, isWildcardDomain } from "../support/domains";
import { labelFix, refusePort, refuseProtocol } from "./common";
import { guarded, type Refusals, type Refuse } from "./refuse";

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
    check.each(listeners.list(), (listener) => {
      const isSocket = listener.get("bind").text()?.startsWith("unix://") ?? false;
      refuseProtocol(listener.get("port", "protocol"), refuse);
      const name = listener.get("port", "name").text() ?? "";
      if (name !== "" && !isLabel(name)) refuse(listener, `has the port name "${name}"`, labelFix);
      if (isSocket) return;
      if (listener.get("port").exists && !listener.get("port", "number").exists)
        refuse(listener, "has a listener's port without a number", "Add number.");
      refusePort(listener.get("port", "number"), refuse);
    });
  }
  guarded(check, () => {
    const list = egress.list();
    const first = list.find((listener) => !listener.get("port").exists);
    if (first && first !== list.at(-1))
      refuse(first, "has an egress listener without a port before others", "Write it last, and only one.");
  });
  check.each(egress.list(), (listener) => {
    const hosts = listener.get("hosts");
    if (hosts.exists && hosts.list().length === 0)
      refuse(hosts, "has an egress listener without hosts", 'Name one, e.g. "./*".');
    check.each(hosts.list(), (host) => {
      const fix = fixOf(host.text() ?? "./*", sidecar.namespace);
      if (fix !== undefined) refuse(host, `imports "${host.text() ?? ""}"`, fix);
    });
  });
};

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
    return `Write the full name: "${first}/${host}.${isLabel(first) ? first : own}.svc.cluster.local".`;
  const isPartial = host.includes("*") && host !== "*" && !host.startsWith("*.");
  return isWildcardDomain(host) && !isPartial ? undefined : 'Write a name, or "*." before one.';
}
