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
