import type { MeshSettings } from "../../settings/mesh/schema";
import { rootNamespace } from "../../settings/namespaces/reserved-namespaces";
import type { Chart } from "./chart";

/**
 * Istio's CRDs.
 *
 * @see https://github.com/istio/istio/blob/master/manifests/charts/base/values.yaml
 */
export function istioBase({ repository, version, revision }: MeshSettings) {
  return {
    chart: "base",
    repository,
    version,
    release: "istio-base",
    namespace: rootNamespace,
    after: ["namespace"],
    values: { defaultRevision: revision ?? "default", global: { istioNamespace: rootNamespace } },
  } satisfies Chart;
}
