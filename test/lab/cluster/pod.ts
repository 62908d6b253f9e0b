/** The parts of a pod that the lab's kubelet reads. @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */
export interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly spec: {
    readonly nodeName?: string;
    readonly serviceAccountName?: string;
    readonly dnsPolicy?: string;
    readonly dnsConfig?: object;
    readonly terminationGracePeriodSeconds?: number;
    readonly initContainers?: readonly Container[];
    readonly containers: readonly Container[];
    readonly volumes?: readonly Volume[];
  };
  readonly status?: { readonly podIP?: string };
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly env?: readonly EnvVar[];
  readonly ports?: readonly { readonly containerPort: number; readonly name?: string }[];
  readonly resources?: { readonly limits?: Readonly<Record<string, string>> };
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
  /** `Always` makes an init container a sidecar. */
  readonly restartPolicy?: string;
  readonly securityContext?: { readonly runAsUser?: number };
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

export interface Probe {
  readonly httpGet?: { readonly path?: string; readonly port: number | string };
  readonly tcpSocket?: { readonly port: number | string };
}

export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly fieldRef?: { readonly fieldPath: string };
    readonly resourceFieldRef?: { readonly resource: string; readonly divisor?: string };
  };
}

export interface Volume {
  readonly name: string;
  readonly emptyDir?: object;
  readonly configMap?: { readonly name: string; readonly items?: readonly Item[]; readonly optional?: boolean };
  readonly secret?: { readonly secretName: string; readonly optional?: boolean };
  readonly downwardAPI?: { readonly items?: readonly DownwardItem[] };
  readonly projected?: { readonly sources: readonly ProjectedSource[] };
}

export interface ProjectedSource {
  readonly serviceAccountToken?: { readonly path: string; readonly audience?: string };
  readonly configMap?: { readonly name: string; readonly items?: readonly Item[]; readonly optional?: boolean };
  readonly downwardAPI?: { readonly items?: readonly DownwardItem[] };
  readonly secret?: { readonly name: string; readonly optional?: boolean };
  readonly clusterTrustBundle?: { readonly optional?: boolean };
}

interface Item {
  readonly key: string;
  readonly path: string;
}

interface DownwardItem {
  readonly path: string;
  readonly fieldRef?: { readonly fieldPath: string };
}

/** A pod's field as the downward API gives it. */
export function field({ metadata, spec }: Pod, address: string, hostAddress: string, path: string): string {
  const lines = (values: Readonly<Record<string, string>> = {}) =>
    Object.entries(values)
      .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
      .join("\n");
  const single = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path);
  if (single) return metadata[single[1] as "labels" | "annotations"]?.[single[2] ?? ""] ?? "";
  switch (path) {
    case "metadata.name":
      return metadata.name;
    case "metadata.namespace":
      return metadata.namespace;
    case "metadata.uid":
      return metadata.uid;
    case "metadata.labels":
      return lines(metadata.labels);
    case "metadata.annotations":
      return lines(metadata.annotations);
    case "spec.nodeName":
      return spec.nodeName ?? "";
    case "spec.serviceAccountName":
      return spec.serviceAccountName ?? "default";
    case "status.podIP":
      return address;
    case "status.hostIP":
      return hostAddress;
    default:
      throw new Error(`The lab's kubelet can't give a pod its field ${path}.`);
  }
}

/** A container's variables, in order: later ones may name earlier ones. */
export function environment(
  { env = [], resources }: Container,
  read: (path: string) => string,
): Readonly<Record<string, string>> {
  const result: Record<string, string> = {};
  for (const { name, value, valueFrom } of env) {
    if (valueFrom?.fieldRef) result[name] = read(valueFrom.fieldRef.fieldPath);
    else if (valueFrom?.resourceFieldRef) result[name] = limit(resources?.limits ?? {}, valueFrom.resourceFieldRef);
    else result[name] = expand(value ?? "", result);
  }
  return result;
}

/** Text with `$(NAME)` replaced; what isn't known stays. */
export function expand(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\$\(([^)]+)\)/g, (whole, name: string) => values[name] ?? whole);
}

/** A limit in units of a divisor, rounded up, as the kubelet gives it. */
function limit(limits: Readonly<Record<string, string>>, reference: { resource: string; divisor?: string }): string {
  const given = limits[reference.resource.replace("limits.", "")];
  // Without a limit it is what the node has.
  const amount = given === undefined ? (reference.resource === "limits.cpu" ? 2 : 4 * 1024 ** 3) : quantity(given);
  return String(Math.ceil(amount / (quantity(reference.divisor ?? "1") || 1)));
}

function quantity(text: string): number {
  const [, number = "0", unit = ""] = /^([\d.]+)(\w*)$/.exec(text) ?? [];
  const units: Readonly<Record<string, number>> = { m: 0.001, Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3, k: 1e3, M: 1e6 };
  return Number(number) * (units[unit] ?? 1);
}
