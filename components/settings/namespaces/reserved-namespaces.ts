/** The root namespace of the mesh: what stands there holds everywhere. */
export const rootNamespace = "istio-system";

/** Namespaces that belong to Kubernetes or Istio, and are no place for applications or the gateway. */
export const reservedNamespaces: readonly string[] = [
  rootNamespace,
  "default",
  "kube-system",
  "kube-public",
  "kube-node-lease",
];
