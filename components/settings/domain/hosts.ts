import type { DomainInput } from "./schema";

/** The host that stands for the domain itself, as in a DNS zone file. */
export const apex = "@";

/** The public name of a host: `checkout` under `example.com` is `checkout.example.com`, `@` is `example.com`. */
export function hostnameOf(host: string, domain: string): string {
  return host === apex ? domain : `${host}.${domain}`;
}

/** The names on a domain's certificate: the wildcard, the domain, and what the stack file adds. */
export function certificateNames({ name, certificate }: DomainInput): readonly string[] {
  return [`*.${name}`, name, ...certificate.names];
}

/** Whether a certificate's name covers a host: a wildcard stands for exactly one label (RFC 6125), never for none. */
export function covers(name: string, hostname: string): boolean {
  if (!name.startsWith("*.")) return name === hostname;
  const parent = name.slice(2);
  return hostname.endsWith(`.${parent}`) && !hostname.slice(0, -parent.length - 1).includes(".");
}
