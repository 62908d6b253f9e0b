import type { Call } from "../../cluster/host";

/** What becomes of a call: a status, or the error that an application gets. */
type Outcome = 200 | 502 | 503 | "ECONNRESET";

/** A call to what lies outside of the mesh. */
export interface OutsideCall {
  readonly what: string;
  readonly url: string;
  readonly from?: "caller" | "reports";
  /** Who answers, by its name in internet.ts. */
  readonly by?: string;
  readonly outcome: Outcome;
}

/** Calls that are answered, and by whom. */
export const reached: readonly OutsideCall[] = [
  { what: "HTTP", url: "http://api.example.org/", by: "listed", outcome: 200 },
  { what: "an application's own HTTPS", url: "https://store.example.org/", by: "listed", outcome: 200 },
  { what: "an application's own TLS", url: "https://pay.example.org/", by: "listed", outcome: 200 },
  { what: "HTTP below a wildcard", url: "http://a.parts.example.org/", by: "listed", outcome: 200 },
  { what: "TLS below a wildcard", url: "https://b.vaults.example.org/", by: "listed", outcome: 200 },
  { what: "HTTP at an address", url: "http://cash.example.org/", by: "listed", outcome: 200 },
  { what: "an address", url: "http://ledger.example.org:5432/", by: "ledger", outcome: 200 },
  { what: "the Pod Identity agent", url: "http://169.254.170.23/", from: "reports", by: "podIdentity", outcome: 200 },
  {
    what: "an AWS service of the region",
    url: "https://s3.ap-northeast-2.amazonaws.com/",
    from: "reports",
    by: "listed",
    outcome: 200,
  },
  {
    what: "a bucket's own name",
    url: "https://bucket.s3.ap-northeast-2.amazonaws.com/",
    from: "reports",
    by: "listed",
    outcome: 200,
  },
];

/**
 * Calls that leave no pod: HTTP is answered with 502 at ports where the application's sidecar knows any HTTP; all else is
 * reset.
 */
export const unreachable: readonly OutsideCall[] = [
  { what: "HTTP to a name that isn't listed", url: "http://other.example.org/", outcome: 502 },
  { what: "HTTPS to a name that isn't listed", url: "https://other.example.org/", outcome: "ECONNRESET" },
  { what: "HTTP to a port without any HTTP", url: "http://other.example.org:81/", outcome: "ECONNRESET" },
  { what: "another port of a listed name", url: "https://api.example.org/", outcome: "ECONNRESET" },
  { what: "the name above a wildcard", url: "http://parts.example.org/", outcome: 502 },
  { what: "HTTP by an address alone", url: "http://198.51.100.20/", outcome: 502 },
  { what: "another port of an address", url: "http://ledger.example.org:5433/", outcome: "ECONNRESET" },
  { what: "the node's metadata service", url: "http://169.254.169.254/", outcome: 502 },
  {
    what: "an AWS service of another region",
    url: "https://s3.eu-west-1.amazonaws.com/",
    from: "reports",
    outcome: "ECONNRESET",
  },
  { what: "what an application doesn't call", url: "http://api.example.org/", from: "reports", outcome: "ECONNRESET" },
];

/**
 * The call of a URL.
 *
 * @param ca the authority that a caller trusts who speaks TLS itself
 */
export function callOf(url: string, ca = ""): Call {
  const { hostname, port, protocol, pathname } = new URL(url);
  const secure = protocol === "https:";
  return { host: hostname, port: Number(port) || (secure ? 443 : 80), path: pathname, ...(secure && { tls: { ca } }) };
}
