import type { Check } from "../engine/rule";
import type { Value } from "../engine/value";
import { isDomain, isLabel, isWildcardDomain } from "../facts/istio/domains";
import { nanoseconds } from "../facts/istio/durations";
import { textsOf } from "../facts/istio/objects";
import type { Refuse } from "./refuse";

/** A number of a port. */
export function refusePort(port: Value, refuse: Refuse): void {
  const number = port.number();
  if (number !== undefined && (number < 1 || number > 65535))
    refuse(port, `has the port ${number}`, "Write a number from 1 to 65535.");
}

/** A name of a port. */
export function refusePortName(at: Value, name: string, refuse: Refuse): void {
  if (!isLabel(name)) refuse(at, `has the port name "${name}"`, labelFix);
}

/** A port that a match is for; 0 is as good as none. */
export function refuseMatchedPort(port: Value, refuse: Refuse): void {
  if (port.number() !== 0) refusePort(port, refuse);
}

/** The strings of a list that are known. Whoever finds nothing among them has to read the others, too. */
export function knownTexts(list: Value): string[] {
  return list.list().flatMap((value) => (value.isUnknown ? [] : (value.text() ?? [])));
}

/** `mesh`, `wildcard`, `istio-ingress/wildcard`. istiod looks no further than the first without a slash. */
export function refuseGatewayNames(list: Value, refuse: Refuse): void {
  for (const gateway of list.list()) {
    const text = gateway.text() ?? "mesh";
    const parts = text.split("/");
    if (parts.length === 1 ? !isDomain(text) : parts.length > 2 || !parts.every(isLabel))
      refuse(gateway, `names the Gateway "${text}"`, "Write NAMESPACE/NAME.");
    if (parts.length === 1) return;
  }
}

/** A duration: a whole number of milliseconds, and not 0. */
export function refuseDuration(duration: Value, refuse: Refuse, fix = 'Write e.g. "10s" or "250ms".'): void {
  const text = duration.text();
  if (text === undefined) return;
  const length = nanoseconds(text);
  if (length !== undefined && length >= millisecond && length % millisecond === 0n) return;
  refuse(duration, `has ${duration.path} "${text}"`, length === 0n ? fix : 'Write e.g. "10s" or "250ms".');
}

const millisecond = 1_000_000n;

/** A destination, whose Service other rules look for. */
export function refuseDestination(destination: Value, refuse: Refuse, check: Check): void {
  check.each([destination.get("host")], (host) => {
    const text = host.text();
    if (text !== undefined && (text === "*" || !isWildcardDomain(text)))
      refuse(host, `has the destination "${text}", which is no host`, "Write a Service's name.");
  });
  check.each([destination.get("subset")], (subset) => {
    const text = subset.text();
    if (text !== undefined && text !== "" && !isLabel(text)) refuse(subset, `has the subset "${text}"`, labelFix);
  });
  check.each([destination.get("port")], (port) => {
    if (port.exists && !port.get("number").exists)
      refuse(port, "has a destination's port without a number", "Add number.");
    refusePort(port.get("number"), refuse);
  });
}

/** Labels of pods. */
export function refuseLabels(labels: Value, refuse: Refuse): void {
  for (const [key, value] of labels.entries()) {
    const text = value.text() ?? "";
    if (isLabelKey(key) && /^(?:(?:[A-Za-z0-9][-\w.]*)?[A-Za-z0-9])?$/.test(text)) continue;
    refuse(
      value,
      `has the label "${key}: ${text}", which no pod can have`,
      "Use letters, digits, and -_. between them.",
    );
  }
}

function isLabelKey(key: string): boolean {
  const [name = "", prefix, ...rest] = key.split("/").reverse();
  if (rest.length > 0 || name.length > 63 || !/^(?:[A-Za-z0-9][-\w.]*)?[A-Za-z0-9]$/.test(name)) return false;
  return prefix === undefined || (prefix.length <= 253 && prefix.split(".").every(isLabel));
}

/** What a port may speak. */
const protocols = ["HTTP", "HTTPS", "HTTP2", "GRPC", "GRPC-WEB", "TLS", "TCP", "UDP", "MONGO", "REDIS", "MYSQL"];

/** Of a Sidecar's listeners in truth, but taken everywhere. */
const proxyProtocol = "HTTP_PROXY";

/** A protocol, in any case. */
export function refuseProtocol(protocol: Value, refuse: Refuse): void {
  const text = protocol.text() ?? "";
  if (text !== "" && ![...protocols, proxyProtocol].includes(text.toUpperCase()))
    refuse(protocol, `has the protocol "${text}"`, `Write one of ${protocols.join(", ")}.`);
}

export const labelFix = "Use up to 63 letters, digits and hyphens, no hyphen at either end.";

/** `exportTo`: namespaces, `.` for its own, `*` for all, and of ServiceEntries `~` for none. */
export function refuseExportTo(list: Value, namespace: string | undefined, refuse: Refuse, isEntry = false): void {
  const given = textsOf(list);
  // Beside others, one may be its own, by name.
  const own =
    given.length > 1 && given.includes(".")
      ? (namespace ?? list.resource.get("metadata", "namespace").text())
      : namespace;
  const names = given.map((name) => (name === "." && own !== undefined ? own : name));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) refuse(list, `names "${twice}" twice in exportTo`, "Take one out.");
  const alone = names.find((name) => name === "*" || (isEntry && name === "~"));
  if (alone !== undefined && names.length > 1 && twice === undefined)
    refuse(list, `has "${alone}" beside others in exportTo`, "Keep it alone, or take it out.");
  const wrong = names.find((name) => name !== "*" && name !== "." && !(isEntry && name === "~") && !isLabel(name));
  if (wrong !== undefined) refuse(list, `exports to "${wrong}", which is no namespace`, 'Write a name, "." or "*".');
}
