/** A Service that a host of Istio's may mean. */
export interface ServiceName {
  readonly namespace: string;
  readonly name: string;
}

/**
 * The Service that a host means, from where it is written. Undefined for other hosts: wildcards, names outside the cluster.
 *
 * @example `serviceOf("reviews", "bookinfo")` and `serviceOf("reviews.bookinfo.svc.cluster.local", "any")` are the same
 */
export function serviceOf(host: string, namespace: string): ServiceName | undefined {
  if (host.includes("*")) return undefined;
  const [name = "", second, third, ...rest] = host.split(".");
  if (second === undefined) return name === "" ? undefined : { namespace, name };
  const isService = third === "svc" && (rest.length === 0 || rest.join(".") === "cluster.local");
  return isService ? { namespace: second, name } : undefined;
}

/**
 * The Service of a pod that a DNS name of Kubernetes means; undefined for other hosts. Istio knows no pods by name.
 *
 * @example `podServiceOf("db-0.db.shop.svc.cluster.local")` is `db` in `shop`
 */
export function podServiceOf(host: string): ServiceName | undefined {
  const [, name, namespace] = /^[^.*]+\.([^.]+)\.([^.]+)\.svc\.cluster\.local$/.exec(host.toLowerCase()) ?? [];
  return name === undefined || namespace === undefined ? undefined : { namespace, name };
}

/**
 * Whether a certificate's name covers a host: a wildcard stands for exactly one label, and never for none.
 *
 * @example `certificateCovers("*.example.com", "a.example.com")`, but not `certificateCovers("*.example.com", "a.b.example.com")`
 * @see https://www.rfc-editor.org/rfc/rfc9525#section-6.3
 */
export function certificateCovers(name: string, host: string): boolean {
  const [wanted, offered] = [host.toLowerCase(), name.toLowerCase()];
  if (wanted === offered) return true;
  if (!offered.startsWith("*.")) return false;
  const [label, ...parent] = wanted.split(".");
  return label !== "*" && parent.join(".") === offered.slice(2);
}
