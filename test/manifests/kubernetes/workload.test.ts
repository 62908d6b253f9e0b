import assert from "node:assert/strict";
import { workloadManifests, type VersionManifests } from "../../../components/manifests/kubernetes/workload";
import { appOf, dataPlane } from "../app";

const image = "registry.example.com/checkout:1";
const labels = { app: "checkout", version: "v1" };
const metadata = { name: "checkout-v1", namespace: "shop", labels };

/** The part of a Deployment that tests look into. */
interface Deployment {
  readonly spec: {
    readonly replicas?: number;
    readonly selector: unknown;
    readonly template: {
      readonly metadata: { readonly labels: unknown; readonly annotations?: unknown };
      readonly spec: {
        readonly containers: readonly Readonly<Record<string, unknown>>[];
        readonly volumes?: unknown;
        readonly securityContext: unknown;
        readonly serviceAccountName: string;
      };
    };
  };
}

/** The manifests of an application's first version. */
function first(keys: string): VersionManifests {
  return workloadManifests(appOf(keys), dataPlane)!.versions[0]!;
}

function deploymentOf(version: VersionManifests): Deployment {
  return version.deployment as unknown as Deployment;
}

/** The pod template of a workload, and its container. */
function podOf(workload: string, keys = "") {
  const { template } = deploymentOf(first(`workload: {image: "${image}", ${workload}}\n${keys}`)).spec;
  return { template, container: template.spec.containers[0]! };
}

describe("the workload of an application", () => {
  it("is missing where somebody else deploys it", () => {
    assert.equal(workloadManifests(appOf("versions: {v1: {}}"), dataPlane), undefined);
  });

  it("has an identity of its own, without the API's credentials", () => {
    assert.deepEqual(workloadManifests(appOf(`workload: {image: "${image}"}`), dataPlane)?.serviceAccount, {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: "checkout", namespace: "shop", annotations: { "pulumi.com/patchForce": "true" } },
      automountServiceAccountToken: false,
    });
  });

  it("runs under the identity that is named", () => {
    const keys = `workload: {image: "${image}", serviceAccount: {name: till, annotations: {team: shop}}}`;
    assert.deepEqual(workloadManifests(appOf(keys), dataPlane)?.serviceAccount.metadata, {
      name: "till",
      namespace: "shop",
      annotations: { team: "shop", "pulumi.com/patchForce": "true" },
    });
    assert.equal(deploymentOf(first(keys)).spec.template.spec.serviceAccountName, "till");
  });

  it("has a Service for all versions, whose port's name tells Istio the protocol", () => {
    assert.deepEqual(
      workloadManifests(
        appOf(
          `service: web\nprotocol: grpc\nversions: {v1: {weight: 50}, v2: {weight: 50}}\nworkload: {image: "${image}", containerPort: 9000}`,
        ),
        dataPlane,
      )?.service,
      {
        apiVersion: "v1",
        kind: "Service",
        metadata: {
          name: "web",
          namespace: "shop",
          labels: { app: "checkout" },
          annotations: { "pulumi.com/patchForce": "true" },
        },
        spec: {
          selector: { app: "checkout" },
          ports: [{ name: "grpc", port: 8080, targetPort: 9000, protocol: "TCP" }],
        },
      },
    );
  });

  it("runs a hardened pod with probes, resources and an autoscaler", () => {
    const { deployment, autoscaler, disruptionBudget, version } = first(`workload: {image: "${image}"}`);
    assert.equal(version, "v1");
    assert.deepEqual(deployment, {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata,
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: "checkout",
            automountServiceAccountToken: false,
            securityContext: {
              runAsNonRoot: true,
              runAsUser: 1000,
              runAsGroup: 1000,
              fsGroup: 1000,
              seccompProfile: { type: "RuntimeDefault" },
            },
            topologySpreadConstraints: [
              {
                maxSkew: 1,
                topologyKey: "topology.kubernetes.io/zone",
                whenUnsatisfiable: "ScheduleAnyway",
                labelSelector: { matchLabels: labels },
              },
              {
                maxSkew: 1,
                topologyKey: "kubernetes.io/hostname",
                whenUnsatisfiable: "ScheduleAnyway",
                labelSelector: { matchLabels: labels },
              },
            ],
            containers: [
              {
                name: "checkout",
                image,
                ports: [{ name: "http", containerPort: 8080, protocol: "TCP" }],
                resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "512Mi" } },
                readinessProbe: {
                  tcpSocket: { port: 8080 },
                  periodSeconds: 10,
                  timeoutSeconds: 1,
                  failureThreshold: 3,
                },
                livenessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 10, timeoutSeconds: 1, failureThreshold: 3 },
                securityContext: {
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ["ALL"] },
                },
              },
            ],
          },
        },
      },
    });
    assert.deepEqual(autoscaler, {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata,
      spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "checkout-v1" },
        minReplicas: 2,
        maxReplicas: 4,
        metrics: [
          { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } } },
        ],
      },
    });
    assert.deepEqual(disruptionBudget, {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: { ...metadata, annotations: { "pulumi.com/patchForce": "true" } },
      spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
    });
  });

  it("has a Deployment for each version, with the version's image and label, and subsets select by that", () => {
    const { versions } = workloadManifests(
      appOf(`versions: {v1: {weight: 90, image: "a:1"}, v2: {weight: 10}}\nworkload: {image: "b:2"}`),
      dataPlane,
    )!;
    assert.deepEqual(
      versions.map((version) => [
        version.version,
        deploymentOf(version).spec.template.spec.containers[0]?.image,
        deploymentOf(version).spec.selector,
        deploymentOf(version).spec.template.metadata.labels,
      ]),
      [
        ["v1", "a:1", { matchLabels: { app: "checkout", version: "v1" } }, { app: "checkout", version: "v1" }],
        ["v2", "b:2", { matchLabels: { app: "checkout", version: "v2" } }, { app: "checkout", version: "v2" }],
      ],
    );
  });

  it("leaves a fixed number of pods to the autoscaler, too, so that no later change of it falls to one pod", () => {
    const fixed = first(`workload: {image: "${image}", replicas: {min: 3, max: 3}}`);
    const { minReplicas, maxReplicas } = fixed.autoscaler.spec as {
      readonly minReplicas: number;
      readonly maxReplicas: number;
    };
    assert.deepEqual([deploymentOf(fixed).spec.replicas, minReplicas, maxReplicas], [undefined, 3, 3]);
  });

  it("leaves the number to the autoscaler, where there is one", () => {
    assert.equal(
      "replicas" in deploymentOf(first(`workload: {image: "${image}", replicas: {min: 1, max: 2}}`)).spec,
      false,
    );
  });

  it("has no disruption budget for a single pod, which could never be drained", () => {
    assert.equal(first(`workload: {image: "${image}", replicas: {min: 1, max: 2}}`).disruptionBudget, undefined);
  });

  it("opts its pods out of the mesh by a label, not in", () => {
    assert.deepEqual(podOf("inject: false").template.metadata, {
      labels: { ...labels, "sidecar.istio.io/inject": "false" },
    });
  });

  it("has a sidecar of its own sort, by annotations on its pods", () => {
    assert.deepEqual(podOf("proxy: {logLevel: debug, holdUntilReady: false}").template.metadata.annotations, {
      "sidecar.istio.io/logLevel": "debug",
      "proxy.istio.io/config": '{"holdApplicationUntilProxyStarts":false}',
    });
  });

  it("sets the environment of the workload, and over it the version's; secrets by reference", () => {
    const { container } = podOf(
      "env: {MODE: live, LOG: info, PASSWORD: {secret: till, key: password}}",
      "versions: {v1: {env: {LOG: debug}}}",
    );
    assert.deepEqual(container.env, [
      { name: "MODE", value: "live" },
      { name: "LOG", value: "debug" },
      { name: "PASSWORD", valueFrom: { secretKeyRef: { name: "till", key: "password" } } },
    ]);
  });

  it("writes to emptyDirs only", () => {
    const { template, container } = podOf("emptyDirs: [/tmp, /var/cache]");
    assert.deepEqual(template.spec.volumes, [
      { name: "writable-0", emptyDir: {} },
      { name: "writable-1", emptyDir: {} },
    ]);
    assert.deepEqual(container.volumeMounts, [
      { name: "writable-0", mountPath: "/tmp" },
      { name: "writable-1", mountPath: "/var/cache" },
    ]);
  });

  it("asks by HTTP for its health where a path is given, on the container's port or another", () => {
    const { container } = podOf(
      "containerPort: 9000, readiness: {path: /ready, period: 1m, timeout: 2s, failureThreshold: 5}, liveness: {path: /live, port: 9001}",
    );
    assert.deepEqual(container.readinessProbe, {
      httpGet: { path: "/ready", port: 9000 },
      periodSeconds: 60,
      timeoutSeconds: 2,
      failureThreshold: 5,
    });
    assert.deepEqual(container.livenessProbe, {
      httpGet: { path: "/live", port: 9001 },
      periodSeconds: 10,
      timeoutSeconds: 1,
      failureThreshold: 3,
    });
    assert.deepEqual(container.ports, [{ name: "http", containerPort: 9000, protocol: "TCP" }]);
  });

  it("runs another command, under another user", () => {
    const { template, container } = podOf("command: [/bin/till], args: [-v], runAsUser: 2000");
    assert.deepEqual([container.command, container.args], [["/bin/till"], ["-v"]]);
    assert.deepEqual(template.spec.securityContext, {
      runAsNonRoot: true,
      runAsUser: 2000,
      runAsGroup: 2000,
      fsGroup: 2000,
      seccompProfile: { type: "RuntimeDefault" },
    });
  });
});
