import { namespaceOf } from "./identities";

/**
 * A request as an application's sidecar sees it: after the gateway's routes have changed it. What is undefined is open: it
 * may be anything, unless it says otherwise.
 */
export interface AccessRequest {
  /** Who calls, as `cluster.local/ns/NAMESPACE/sa/SERVICEACCOUNT`; undefined without mutual TLS. */
  readonly principal?: string | undefined;
  /** The client's address as the sidecar reads it, or a range that it is in; undefined where nobody knows it. */
  readonly remoteIp?: string | undefined;
  readonly method?: string | undefined;
  /** Without the query. */
  readonly path?: string | undefined;
  /** By lowercase name. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The container's port; undefined where nobody knows it. */
  readonly port?: number | undefined;
  /** The claims of a token whose signature is valid; undefined without a token; `open` with any token or none. */
  readonly claims?: Claims | "open" | undefined;
}

export type Claims = Readonly<Record<string, unknown>>;

/** The values of an attribute of a request; none where it isn't there, undefined where nobody knows. */
export function attribute(key: string, request: AccessRequest): readonly string[] | undefined {
  const { principal, remoteIp, headers, port } = request;
  const one = (value: string | undefined) => (value === undefined ? [] : [value]);
  const [, header] = /^request\.headers\[(.+)\]$/.exec(key) ?? [];
  if (header !== undefined) return headers && one(headers[header.toLowerCase()]);
  if (request.claims === "open" && key.startsWith("request.auth.")) return undefined;
  const claims = request.claims === "open" ? undefined : request.claims;
  if (key.startsWith("request.auth.claims["))
    return claimValues(
      claims,
      [...key.matchAll(/\[([^[\]]+)\]/g)].map(([, name = ""]) => name),
    );
  switch (key) {
    case "request.auth.principal":
      return typeof claims?.iss === "string" && typeof claims.sub === "string" ? [`${claims.iss}/${claims.sub}`] : [];
    case "request.auth.audiences":
      return listOf(claims?.aud);
    case "request.auth.presenter":
      return listOf(claims?.azp);
    case "source.principal":
      return one(principal);
    case "source.serviceAccount":
      // By itself, or with its namespace before it.
      return principal === undefined ? [] : serviceAccountOf(principal);
    case "source.namespace":
      return principal === undefined ? [] : [namespaceOf(principal)];
    case "remote.ip":
      return remoteIp === undefined ? undefined : [remoteIp];
    case "destination.port":
      return port === undefined ? undefined : [String(port)];
    default:
      return undefined;
  }
}

/** Claims that Istio reads as lists of words. @see https://istio.io/latest/docs/reference/config/security/jwt/ */
const words = ["scope", "permission"];

function claimValues(claims: Claims | undefined, path: readonly string[]): readonly string[] {
  let value: unknown = claims;
  for (const name of path)
    value =
      typeof value === "object" && value !== null && Object.hasOwn(value, name)
        ? (value as Record<string, unknown>)[name]
        : undefined;
  if (typeof value === "string" && path.length === 1 && words.includes(path[0] ?? "")) return value.split(" ");
  return listOf(value);
}

export function listOf(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((each) => typeof each === "string");
}

function serviceAccountOf(principal: string): string[] {
  const [, namespace, account] = /\/ns\/([^/]+)\/sa\/([^/]+)/.exec(principal) ?? [];
  return account === undefined ? [] : [`${namespace ?? ""}/${account}`];
}
