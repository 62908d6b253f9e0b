import type { KubernetesObject } from "../../engine/resource";
import type { Value } from "../../engine/value";
import { namespaceOf } from "../../facts/istio/objects";
import { familyOf } from "../../facts/istio/servers";
import { eachIn, guarded, type Warn, type Warnings } from "../refuse";
import { warnServerTls } from "./server-tls";

export const warnSidecar: Warnings = (sidecar, warn, check) => {
  eachIn(check, sidecar.get("spec", "ingress"), (listener) => {
    warnServerTls(listener.get("tls"), warn, check);
    guarded(check, () => warnPool(listener, warn));
  });
  eachIn(check, sidecar.get("spec", "egress"), (listener) => warnHosts(listener.get("hosts"), sidecar, warn));
};

function warnPool(listener: Value, warn: Warn): void {
  const pool = listener.get("connectionPool", "http");
  const port = listener.get("port");
  const protocol = port.get("protocol").text() ?? "";
  if (!pool.exists || !port.exists || familyOf(protocol) === "HTTP") return;
  warn(
    pool,
    `has connectionPool.http for the port ${port.get("number").number() ?? "?"}, ${protocol === "" ? "which names no protocol" : `whose protocol is ${protocol}`}: only tcp settings count there.`,
    "Write protocol: HTTP, HTTP2 or GRPC, or take http out of connectionPool.",
  );
}

/** What a listener imports, each host once. */
function warnHosts(hosts: Value, sidecar: KubernetesObject, warn: Warn): void {
  const places = hosts.list().flatMap((value) => {
    const text = value.text() ?? "";
    const [place = "", ...rest] = text.split("/");
    return rest.length === 0 || text.startsWith("~") ? [] : [{ value, text, place, host: rest.join("/") }];
  });
  // Its own namespace matters where one is named that may be the same.
  const isNeeded = places.some(({ place }) => place !== "." && place !== "*");
  const named = (place: string) => (place === "." && isNeeded ? namespaceOf(sidecar) : place);
  const seen = new Map<string, Set<string>>();
  for (const { value, text, place, host } of places) {
    const others = seen.get(named(place)) ?? new Set();
    if (host === "*" ? others.size > 0 : others.has(host) || others.has("*"))
      warn(
        value,
        `imports "${text}", which ${host === "*" ? "takes in a host before it" : "a host before it takes in"}.`,
        "Keep the wider one.",
      );
    seen.set(named(place), others.add(host));
  }
  if (seen.get("*")?.has("*") && seen.size > 1)
    warn(hosts, 'imports "*/*", which is all there is, and more beside it.', 'Keep "*/*", or take it out.');
}
