import type { WorkloadProxySettings } from "../settings/mesh";

/**
 * Annotations by which one workload's sidecar differs from the mesh's.
 *
 * @see https://istio.io/latest/docs/reference/config/annotations/
 */
export function proxyAnnotations(proxy: WorkloadProxySettings): Record<string, string> {
  const config = proxyConfig(proxy);
  return {
    ...(proxy.cpu && { "sidecar.istio.io/proxyCPU": proxy.cpu }),
    ...(proxy.memory && { "sidecar.istio.io/proxyMemory": proxy.memory }),
    ...(proxy.cpuLimit && { "sidecar.istio.io/proxyCPULimit": proxy.cpuLimit }),
    ...(proxy.memoryLimit && { "sidecar.istio.io/proxyMemoryLimit": proxy.memoryLimit }),
    ...(proxy.logLevel && { "sidecar.istio.io/logLevel": proxy.logLevel }),
    ...(Object.keys(config).length > 0 && { "proxy.istio.io/config": JSON.stringify(config) }),
  };
}

/** What Istio calls ProxyConfig; JSON is YAML, which the annotation is read as. */
export function proxyConfig({ concurrency, drain, holdUntilReady }: Pick<WorkloadProxySettings, "concurrency" | "drain" | "holdUntilReady">): Record<string, unknown> {
  return {
    ...(concurrency !== undefined && { concurrency }),
    ...(drain && { drainDuration: drain, terminationDrainDuration: drain }),
    ...(holdUntilReady !== undefined && { holdApplicationUntilProxyStarts: holdUntilReady }),
  };
}
