import { Netmask } from "netmask";

/** Private ranges (RFC 1918, RFC 6598). The internet routes none of them. */
export const privateRanges: readonly Netmask[] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].map(
  (range) => new Netmask(range),
);
