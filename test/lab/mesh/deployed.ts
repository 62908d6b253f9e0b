import type { KubernetesObject } from "../cluster/api";

interface Pipeline {
  /** Labels of each version's pods. */
  readonly versions?: readonly Readonly<Record<string, string>>[];
  readonly ports?: readonly number[];
}

/** An application as its own pipeline deploys it. */
export function deployed(
  name: string,
  inNamespace: string,
  { versions = [{ version: "v1" }], ports: numbers = [8080] }: Pipeline = {},
): readonly KubernetesObject[] {
  const ports = numbers.map((port) => ({ name: `http-${port}`, port }));
  const service = { apiVersion: "v1", kind: "Service", metadata: { name, namespace: inNamespace } };
  return [
    { ...service, spec: { selector: { app: name }, ports } },
    ...versions.map((version) => {
      const labels = { app: name, ...version };
      const container = {
        name,
        image: `registry.example.com/${name}:1`,
        ports: ports.map(({ name, port }) => ({ name, containerPort: port })),
      };
      return {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: [name, ...Object.values(version)].join("-"), namespace: inNamespace },
        spec: {
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [container] } },
        },
      };
    }),
  ];
}
