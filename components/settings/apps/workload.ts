import * as z from "zod";
import { defaults } from "../defaults";
import { trafficPolicy } from "./traffic-policy";
import { workloadProxy } from "../mesh/schema";
import {
  absolutePath,
  dataKey,
  dnsLabel,
  duration,
  labels,
  objectName,
  port,
  replicas,
  resources,
  rule,
} from "../scalars";

const probe = z
  .strictObject({
    path: absolutePath.describe("Path that answers 200 when all is well."),
    port: port.optional().describe("Default: the application's port."),
    period: duration.optional().describe("Time between checks, in whole seconds. Default: 10s."),
    timeout: duration.optional().describe("Time to answer, in whole seconds. Default: 1s."),
    failureThreshold: z.int().min(1).optional().describe("Failures in a row before it counts. Default: 3."),
  })
  .describe("An HTTP check by the kubelet.");

const environment = z.record(
  z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "must be the name of an environment variable"),
  z.union(
    [
      z.string(),
      z.strictObject({
        secret: objectName.describe("A Secret in the same namespace."),
        key: dataKey.describe("The key in it."),
      }),
    ],
    { error: "must be a string in quotes, or {secret, key}" },
  ),
);

const image = z
  .string()
  .regex(
    /^(?!.*:latest$)[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)*(:[\w][\w.-]{0,127}(@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64})$/,
    "must be an image with a fixed tag other than latest, or a digest",
  )
  .meta({ examples: ["registry.example.com/checkout:1.4.2"] });

export const version = z
  .strictObject({
    weight: z
      .int()
      .min(0)
      .max(100)
      .optional()
      .describe(
        "Share of requests in percent. Default: 100 for a single version, 0 among several. A version at 0 is reached by routes only; bring it there before removing it.",
      ),
    labels: labels
      .optional()
      .describe("Labels of its pods, for a service deployed by others. Default: `version: NAME`."),
    image: image.optional().describe("Image of this version's workload."),
    env: environment.optional().describe("Environment variables beside the workload's."),
    ...trafficPolicy,
  })
  .describe(
    "One version of the application: a subset of its pods. Its loadBalancer, connectionPool, outlierDetection and tls stand before the application's.",
  );

/** Bytes of an object's annotations, keys and values. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/ */
const mostAnnotations = 256 * 1024;

function sizeOf(annotations: Readonly<Record<string, string>>): number {
  return Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
}

/** Something live behind an application, for teams that deploy nothing by themselves yet. */
export const workload = z
  .strictObject({
    image: image.optional().describe("Container image, for versions that name none."),
    containerPort: port.optional().describe("Port that the container listens on. Default: the application's port."),
    replicas: replicas
      .default(defaults.app.workload.replicas)
      .describe("Pods of each version, and the autoscaler's limits."),
    resources: resources.default(defaults.app.workload.resources).describe("CPU and memory of each pod's container."),
    command: z.array(z.string()).optional().describe("The image's entry point, replaced."),
    args: z.array(z.string()).optional().describe("Its arguments."),
    env: environment.default({}).describe("Environment variables: strings, or keys of Secrets."),
    readiness: probe.optional().describe("Whether a pod gets requests. Default: the port accepts connections."),
    liveness: probe.optional().describe("Whether a pod is restarted. Default: the port accepts connections."),
    emptyDirs: z
      .array(
        absolutePath
          .regex(/^[^:]*$/, "must not have a colon in it, as Kubernetes requires")
          .meta({ examples: ["/tmp"] }),
      )
      .default([])
      .describe("Paths that the container may write to; the rest of its file system is read-only."),
    runAsUser: z
      .int()
      .min(1)
      .default(defaults.app.workload.runAsUser)
      .describe("User id of the process; never root, never the sidecar's 1337."),
    serviceAccount: z
      .strictObject({
        name: dnsLabel.optional().describe("Default: the application's name."),
        annotations: z
          .record(z.string(), z.string())
          .refine(
            (all) => sizeOf(all) <= mostAnnotations,
            rule(
              `must have at most ${mostAnnotations} bytes, keys and values together: Kubernetes takes no more`,
              "Shorten them.",
            ),
          )
          .default({})
          .describe("Annotations."),
      })
      .prefault({})
      .describe("The ServiceAccount, which is the workload's identity in the mesh."),
    inject: z.boolean().default(true).describe("False: these pods get no sidecar. A weaker setting."),
    proxy: workloadProxy.optional(),
  })
  .describe("Pods of the application, if this stack should run them.");

export type WorkloadSettings = z.infer<typeof workload>;
export type ProbeSettings = z.infer<typeof probe>;
export type EnvironmentSettings = z.infer<typeof environment>;

/** The version of a workload whose application names none. */
export const onlyVersion = "v1";
