import type * as k8s from "@pulumi/kubernetes";
import { oursAlone } from "../ownership";

export interface NamespaceManifestArgs {
  readonly name: string;
  /** Default: none. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A namespace. Without labels of the mesh, its pods are as istiod has them by default: outside. */
export function namespaceManifest({ name, labels }: NamespaceManifestArgs): k8s.core.v1.NamespaceArgs {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, labels: { ...labels }, annotations: oursAlone } };
}
