import * as z from "zod";
import { defaults } from "../defaults";
import { cpu, dnsLabel, duration, labels, memory, proxyResources, replicas, resources } from "../scalars";

const mtlsMode = z.enum(["STRICT", "PERMISSIVE", "DISABLE"]);

const logLevel = z.enum(["trace", "debug", "info", "warning", "error", "critical", "off"]);

/** The sidecar of one workload, where it differs from the mesh's. */
export const workloadProxy = z
  .strictObject({
    cpu: cpu.optional().describe("CPU request."),
    memory: memory.optional().describe("Memory request."),
    cpuLimit: cpu.optional().describe("CPU limit."),
    memoryLimit: memory.optional().describe("Memory limit."),
    concurrency: z.int().min(0).optional().describe("Worker threads; 0 means one for each core."),
    drain: duration
      .optional()
      .describe(
        "How long old connections are drained when listeners change or, where the sidecar is no native one, the pod stops.",
      ),
    holdUntilReady: z
      .boolean()
      .optional()
      .describe(
        "Start the application only when the sidecar is ready. A native sidecar, which Istio uses from 1.27 on, always does.",
      ),
    logLevel: logLevel.optional().describe("Envoy's log level."),
  })
  .describe("The Envoy sidecar, where it differs from `mesh.proxy`.");

/** Istio's control plane and what holds for every sidecar. */
export const mesh = z
  .strictObject({
    version: z
      .string()
      .regex(/^\d+\.\d+\.\d+$/, "must be a full Istio version")
      .meta({ examples: [defaults.mesh.version] })
      .default(defaults.mesh.version)
      .describe("Istio's version, and that of its charts."),
    repository: z
      .string()
      .regex(
        /^(https:\/\/|oci:\/\/|\.{0,2}\/).+/,
        "must be a Helm repository (https://), an OCI registry (oci://), or a folder (./, ../ or /)",
      )
      .meta({ examples: [defaults.mesh.repository] })
      .default(defaults.mesh.repository)
      .describe(
        "Where the charts base, istiod and gateway come from: a Helm repository, an OCI mirror, or a folder that holds them, unpacked and of `mesh.version`. Its path begins where Pulumi.yaml lies.",
      ),
    hub: z.string().optional().describe("Registry of Istio's images, for a mirror. Default: the one the charts name."),
    revision: dnsLabel
      .max(56)
      .optional()
      .describe(
        "Name of the control plane's revision. Namespaces then carry `istio.io/rev` instead of `istio-injection`. Choose it at the beginning: on a running mesh, another revision takes the control plane from every sidecar until its pod is restarted.",
      ),
    trustDomain: z
      .string()
      .min(1)
      .optional()
      .describe("The SPIFFE trust domain of workload identities. Default: Istio's `cluster.local`."),
    mtls: z
      .strictObject({
        mode: mtlsMode.default(defaults.mesh.mtls).describe("Mutual TLS for the whole mesh."),
        overrides: z
          .record(
            dnsLabel,
            z.strictObject({
              namespace: dnsLabel.describe("The namespace it holds in."),
              selector: labels.optional().describe("Pod labels, to narrow it to one workload."),
              mode: mtlsMode
                .optional()
                .describe("Default: the mode of a wider override in its namespace, or else the mesh's."),
              ports: z
                .record(
                  z
                    .string()
                    .regex(
                      /^([1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])$/,
                      "must be a port number",
                    ),
                  mtlsMode,
                )
                .optional()
                .describe(
                  "Modes for single ports of the selected workload, by number: those that its containers listen on (`workload.containerPort`), not the Service's `port`.",
                ),
            }),
          )
          .default({})
          .describe("Exceptions, by name: for a namespace, a workload, or its ports. Each is a weaker setting."),
      })
      .prefault({})
      .describe("Mutual TLS between workloads."),
    istiod: z
      .strictObject({
        replicas: replicas.default(defaults.mesh.istiod.replicas).describe("Pods of istiod."),
        resources: resources.default(defaults.mesh.istiod.resources).describe("CPU and memory of each."),
      })
      .prefault({})
      .describe("The control plane."),
    proxy: z
      .strictObject({
        resources: proxyResources.default(defaults.mesh.proxy.resources).describe("CPU and memory of each sidecar."),
        concurrency: z
          .int()
          .min(0)
          .optional()
          .describe("Worker threads; 0 means one for each core. Default: from the CPU limit."),
        drain: duration
          .default(defaults.mesh.proxy.drain)
          .describe(
            "How long old connections are drained when listeners change or, where the sidecar is no native one, the pod stops.",
          ),
        holdUntilReady: z
          .boolean()
          .default(defaults.mesh.proxy.holdUntilReady)
          .describe(
            "Start applications only when their sidecar is ready. A native sidecar, which Istio uses from 1.27 on, always does.",
          ),
        logLevel: logLevel.default(defaults.mesh.proxy.logLevel).describe("Envoy's log level."),
      })
      .prefault({})
      .describe("Every Envoy sidecar."),
  })
  .describe("Istio.");

export type MeshSettings = z.infer<typeof mesh>;
export type MtlsMode = z.infer<typeof mtlsMode>;
export type MtlsOverride = MeshSettings["mtls"]["overrides"][string];
export type WorkloadProxySettings = z.infer<typeof workloadProxy>;
