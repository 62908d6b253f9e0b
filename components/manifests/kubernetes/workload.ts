import type * as k8s from "@pulumi/kubernetes";
import type { AppSettings } from "../../settings/apps/schema";
import { seconds } from "../../settings/scalars";
import {
  onlyVersion,
  type EnvironmentSettings,
  type ProbeSettings,
  type WorkloadSettings,
} from "../../settings/apps/workload";
import { podMetadata, type DataPlane } from "../istio/data-plane";
import type { Named } from "../names";
import { oursAlone } from "../ownership";
import { spreadOverZones } from "./spread";

type Container = k8s.types.input.core.v1.Container;

/** Everything that runs one application. */
interface WorkloadManifests {
  readonly serviceAccount: Named<k8s.core.v1.ServiceAccountArgs>;
  readonly service: Named<k8s.core.v1.ServiceArgs>;
  /** One for each version. */
  readonly versions: readonly VersionManifests[];
}

/** What belongs to one version. */
export interface VersionManifests {
  readonly version: string;
  readonly deployment: k8s.apps.v1.DeploymentArgs;
  /** Owns the number of pods, also where min is max: a Deployment that gave up a number of its own would fall to 1. */
  readonly autoscaler: k8s.autoscaling.v2.HorizontalPodAutoscalerArgs;
  /** Only where there are two pods or more: with one, a budget could only block a drain or allow everything. */
  readonly disruptionBudget?: k8s.policy.v1.PodDisruptionBudgetArgs;
}

/**
 * The optional workload of an application.
 *
 * @param dataPlane how pods of its namespace are in the mesh
 * @returns undefined for an application that somebody else deploys
 */
export function workloadManifests(app: AppSettings, dataPlane: DataPlane): WorkloadManifests | undefined {
  const { workload, name, namespace } = app;
  if (!workload) return undefined;
  const versions = Object.keys(app.versions).length > 0 ? Object.keys(app.versions) : [onlyVersion];
  const serviceAccount = workload.serviceAccount.name ?? name;
  return {
    serviceAccount: {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: {
        name: serviceAccount,
        namespace,
        annotations: { ...oursAlone, ...workload.serviceAccount.annotations },
      },
      automountServiceAccountToken: false,
    },
    service: {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: app.service, namespace, labels: { app: name }, annotations: oursAlone },
      spec: {
        selector: { app: name },
        // Istio reads the protocol from the port's name.
        ports: [{ name: app.protocol, port: app.port, targetPort: containerPort(app, workload), protocol: "TCP" }],
      },
    },
    versions: versions.map((version) => versionManifests(app, workload, version, serviceAccount, dataPlane)),
  };
}

/**
 * Pods get their credentials when they are created: those that run when an application gets its first rights are to be
 * created anew, and a Deployment does that when something of its pods changes.
 */
const withRights = { "eks-istio/credentials": "pod-identity" } as const;

function versionManifests(
  app: AppSettings,
  workload: WorkloadSettings,
  version: string,
  serviceAccount: string,
  dataPlane: DataPlane,
): VersionManifests {
  const labels = { app: app.name, version };
  const metadata = { name: `${app.name}-${version}`, namespace: app.namespace, labels };
  const mesh = podMetadata(dataPlane, workload);
  const { min, max } = workload.replicas;
  return {
    version,
    deployment: {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata,
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: {
            labels: { ...labels, ...mesh.labels },
            ...((mesh.annotations ?? app.aws) && { annotations: { ...mesh.annotations, ...(app.aws && withRights) } }),
          },
          spec: {
            serviceAccountName: serviceAccount,
            automountServiceAccountToken: false,
            securityContext: {
              runAsNonRoot: true,
              runAsUser: workload.runAsUser,
              runAsGroup: workload.runAsUser,
              fsGroup: workload.runAsUser,
              seccompProfile: { type: "RuntimeDefault" },
            },
            topologySpreadConstraints: spreadOverZones(labels),
            containers: [container(app, workload, version)],
            ...(workload.emptyDirs.length > 0 && {
              volumes: workload.emptyDirs.map((_, index) => ({ name: `writable-${index}`, emptyDir: {} })),
            }),
          },
        },
      },
    },
    autoscaler: {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata,
      spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: metadata.name },
        minReplicas: min,
        maxReplicas: max,
        metrics: [
          {
            type: "Resource",
            resource: { name: "cpu", target: { type: "Utilization", averageUtilization: workload.replicas.cpu } },
          },
        ],
      },
    },
    ...(min >= 2 && {
      disruptionBudget: {
        apiVersion: "policy/v1",
        kind: "PodDisruptionBudget",
        metadata: { ...metadata, annotations: oursAlone },
        spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
      },
    }),
  };
}

function container(app: AppSettings, workload: WorkloadSettings, version: string): Container {
  const own = app.versions[version];
  const env = { ...workload.env, ...own?.env };
  return {
    name: app.name,
    image: own?.image ?? workload.image ?? "",
    ...(workload.command && { command: workload.command }),
    ...(workload.args && { args: workload.args }),
    ports: [{ name: app.protocol, containerPort: containerPort(app, workload), protocol: "TCP" }],
    ...(Object.keys(env).length > 0 && { env: environment(env) }),
    resources: workload.resources,
    readinessProbe: probe(workload.readiness, app, workload),
    livenessProbe: probe(workload.liveness, app, workload),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    ...(workload.emptyDirs.length > 0 && {
      volumeMounts: workload.emptyDirs.map((mountPath, index) => ({ name: `writable-${index}`, mountPath })),
    }),
  };
}

function containerPort(app: AppSettings, workload: WorkloadSettings): number {
  return workload.containerPort ?? app.port;
}

function environment(env: EnvironmentSettings): k8s.types.input.core.v1.EnvVar[] {
  return Object.entries(env).map(([name, value]) =>
    typeof value === "string"
      ? { name, value }
      : { name, valueFrom: { secretKeyRef: { name: value.secret, key: value.key } } },
  );
}

function probe(
  settings: ProbeSettings | undefined,
  app: AppSettings,
  workload: WorkloadSettings,
): k8s.types.input.core.v1.Probe {
  const port = settings?.port ?? containerPort(app, workload);
  return {
    ...(settings ? { httpGet: { path: settings.path, port } } : { tcpSocket: { port } }),
    periodSeconds: settings?.period ? seconds(settings.period) : 10,
    timeoutSeconds: settings?.timeout ? seconds(settings.timeout) : 1,
    failureThreshold: settings?.failureThreshold ?? 3,
  };
}
