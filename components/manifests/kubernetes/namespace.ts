import type * as k8s from "@pulumi/kubernetes";

export interface NamespaceManifestArgs {
  readonly name: string;
  /** Whether pods in it get a sidecar; undefined leaves injection to Istio's default, which is none. */
  readonly injection?: boolean;
  /** The control plane's revision, if it has one. */
  readonly revision?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * A namespace with one injection label: with both of them, `istio-injection` wins silently and the revision is ignored.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/
 */
export function namespaceManifest({
  name,
  injection,
  revision,
  labels,
}: NamespaceManifestArgs): k8s.core.v1.NamespaceArgs {
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name, labels: { ...injectionLabel(injection, revision), ...labels } },
  };
}

function injectionLabel(injection: boolean | undefined, revision: string | undefined): Record<string, string> {
  if (injection === undefined) return {};
  if (!injection) return { "istio-injection": "disabled" };
  return revision ? { "istio.io/rev": revision } : { "istio-injection": "enabled" };
}
