import { isIP } from "node:net";

/**
 * Names as istiod's webhook takes them.
 *
 * @see https://github.com/istio/istio/blob/master/pkg/config/validation/agent/validation.go
 */
const label = "[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?";
const wildcardLabel = new RegExp(`^(\\*|(\\*|\\*-)?${label})$`);
const wholeLabel = new RegExp(`^${label}$`);

/** `reviews`; up to 63 characters. */
export function isLabel(text: string): boolean {
  return text.length <= 63 && wholeLabel.test(text);
}

/** `reviews`, `reviews.bookinfo.svc.cluster.local`, `example.com.` */
export function isDomain(text: string): boolean {
  const labels = text.split(".");
  const last = labels.at(-1) ?? "";
  if (text === "" || text.length > 255 || /^[+-]?\d+$/.test(last)) return false;
  return labels.every((one, index) => isLabel(one) || (one === "" && index > 0 && index === labels.length - 1));
}

/** A domain whose first label may be, or begin with, a wildcard: `*`, `*.example.com`. */
export function isWildcardDomain(text: string): boolean {
  const [first = "", ...rest] = text.split(".");
  if (text.length > 255 || first.length > 63 || !wildcardLabel.test(first)) return false;
  return rest.length === 0 || rest.join(".") === "" || isDomain(rest.join("."));
}

/** Whether a wildcard stands for part of a label (`*-web.example.com`), which Gateways and Sidecars don't take. */
export function isPartialWildcard(text: string): boolean {
  return text.includes("*") && text !== "*" && !text.startsWith("*.");
}

/** An IPv4 or IPv6 address. */
export function isAddress(text: string): boolean {
  return addressLike.test(text) && isIP(text) !== 0;
}

/** Most texts are names: Node takes milliseconds to make its pattern of IPv6, once something asks for it. */
const addressLike = /^[\d.]+$|:/;

/** An address, or a range of them: `10.0.0.0/8`. */
export function isAddressRange(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const longest = { 4: 32, 6: 128 }[isIP(address)];
  if (longest === undefined || rest.length > 0) return false;
  return bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= longest);
}
