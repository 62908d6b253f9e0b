/**
 * The Pulumi name of an object whose key in the stack file may change while it keeps its name in the cluster: what it is
 * there. Its kind is in its type.
 *
 * Named by its key, it would be created a second time, which Kubernetes refuses, and the first one deleted.
 *
 * @example objectName("shop", { namespace: "istio-ingress", name: "istio-edge" }) // "shop-istio-ingress/istio-edge"
 */
export function objectName(
  cluster: string,
  { namespace, name }: { readonly namespace: string; readonly name: string },
) {
  return `${cluster}-${namespace}/${name}`;
}
