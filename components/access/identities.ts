/**
 * Who pods of a ServiceAccount are in the mesh. `cluster.local` stands for the mesh's own trust domain, whatever it is
 * called, and for the names that it had before.
 *
 * @example `identity("shop", "web")` is `cluster.local/ns/shop/sa/web`
 * @see https://istio.io/latest/docs/tasks/security/authorization/authz-td-migration/
 */
export function identity(namespace: string, serviceAccount: string): string {
  return `cluster.local/ns/${namespace}/sa/${serviceAccount}`;
}

/**
 * An identity of this mesh in the one form that rules are written in here.
 *
 * @param trustDomain the mesh's own, where it has another than `cluster.local`
 * @example `ofThisMesh("shop.example.com/ns/shop/sa/web", "shop.example.com")` is `cluster.local/ns/shop/sa/web`
 */
export function ofThisMesh(principal: string, trustDomain: string | undefined): string {
  return trustDomain !== undefined && principal.startsWith(`${trustDomain}/ns/`)
    ? `cluster.local/${principal.slice(trustDomain.length + 1)}`
    : principal;
}

/** The namespace of an identity; empty for a text that is none. */
export function namespaceOf(principal: string): string {
  return /\/ns\/([^/]+)\//.exec(principal)?.[1] ?? "";
}
