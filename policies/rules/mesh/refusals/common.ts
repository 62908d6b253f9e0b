import type { Check } from "../../../rule";
import type { Value } from "../../../value";
import { isLabel, isWildcardDomain } from "../support/domains";
import { milliseconds } from "../support/durations";
import { textsOf } from "../support/objects";
import type { Refuse } from "./refuse";

/** A number of a port. */
export function refusePort(port: Value, refuse: Refuse): void {
  const number = port.number();
  if (number !== undefined && (number < 1 || number > 65535))
    refuse(port, `has the port ${number}`, "Write a number from 1 to 65535.");
}

/** A duration: a whole number of milliseconds, and not 0. */
export function refuseDuration(duration: Value, refuse: Refuse): void {
  const text = duration.text();
  if (text === undefined) return;
  const length = milliseconds(duration);
  if (length !== undefined && length >= 1 && Number.isInteger(length)) return;
  const fix = length === 0 ? "Leave it out where there is no limit." : 'Write e.g. "10s" or "250ms".';
  refuse(duration, `has ${duration.path} "${text}"`, fix);
}

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

/** What a port of an entry or a listener may speak. */
const protocols = [
  ...["HTTP", "HTTPS", "HTTP2", "GRPC", "GRPC-WEB", "TLS", "TCP", "UDP"],
  ...["MONGO", "REDIS", "MYSQL", "HBONE", "DoubleHBONE"],
];

/** A protocol; none is TCP. */
export function refuseProtocol(protocol: Value, refuse: Refuse): void {
  const text = protocol.text() ?? "";
  if (text !== "" && !protocols.some((one) => one.toUpperCase() === text.toUpperCase()))
    refuse(protocol, `has the protocol "${text}"`, `Write one of ${protocols.slice(0, 8).join(", ")}.`);
}

export const labelFix = "Use letters, digits and hyphens, 63 characters at most.";

/** `exportTo`: namespaces, `.` for its own, `*` for all, and of ServiceEntries `~` for none. */
export function refuseExportTo(list: Value, namespace: string | undefined, refuse: Refuse, isEntry = false): void {
  const names = textsOf(list).map((name) => (name === "." && namespace !== undefined ? namespace : name));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) refuse(list, `names "${twice}" twice in exportTo`, "Take one out.");
  const alone = names.find((name) => name === "*" || (isEntry && name === "~"));
  if (alone !== undefined && names.length > 1 && twice === undefined)
    refuse(list, `has "${alone}" beside others in exportTo`, "Keep it alone, or take it out.");
  const wrong = names.find((name) => name !== "*" && name !== "." && !(isEntry && name === "~") && !isLabel(name));
  if (wrong !== undefined) refuse(list, `exports to "${wrong}", which is no namespace`, 'Write a name, "." or "*".');
}
