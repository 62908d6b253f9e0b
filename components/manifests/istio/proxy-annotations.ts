import type { MeshSettings, WorkloadProxySettings } from "../../settings/mesh/schema";

/**
 * Annotations by which one workload's sidecar differs from the mesh's.
 *
 * Once one of the four for CPU and memory is there, Istio's injection forgets the mesh's values for the others: so all
 * four are written.
 *
 * @see https://istio.io/latest/docs/reference/config/annotations/
 */
export function proxyAnnotations(
  proxy: WorkloadProxySettings,
  { requests, limits }: MeshSettings["proxy"]["resources"],
): Record<string, string> {
  const config = proxyConfig(proxy);
  return {
    ...((proxy.cpu ?? proxy.memory ?? proxy.cpuLimit ?? proxy.memoryLimit) && {
      "sidecar.istio.io/proxyCPU": proxy.cpu ?? requests.cpu,
      "sidecar.istio.io/proxyMemory": proxy.memory ?? requests.memory,
      "sidecar.istio.io/proxyCPULimit": proxy.cpuLimit ?? limits.cpu,
      "sidecar.istio.io/proxyMemoryLimit": proxy.memoryLimit ?? limits.memory,
    }),
    ...(proxy.logLevel && { "sidecar.istio.io/logLevel": proxy.logLevel }),
    ...(Object.keys(config).length > 0 && { "proxy.istio.io/config": JSON.stringify(config) }),
  };
}

/** What Istio calls ProxyConfig; JSON is YAML, which the annotation is read as. */
export function proxyConfig({
  concurrency,
  drain,
  holdUntilReady,
}: Pick<WorkloadProxySettings, "concurrency" | "drain" | "holdUntilReady">): Record<string, unknown> {
  return {
    ...(concurrency !== undefined && { concurrency }),
    ...(drain && { drainDuration: drain, terminationDrainDuration: drain }),
    ...(holdUntilReady !== undefined && { holdApplicationUntilProxyStarts: holdUntilReady }),
  };
}
