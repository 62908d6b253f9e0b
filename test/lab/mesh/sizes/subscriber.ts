import * as grpc from "@grpc/grpc-js";
import { BinaryWriter } from "google-protobuf";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { texts, values } from "./wire";

/** A pod as its sidecar tells istiod of it. */
export interface Subscriber {
  readonly name: string;
  readonly namespace: string;
  readonly address: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What a sidecar asks istiod for. */
export const kinds = ["CDS", "EDS", "LDS", "RDS"] as const;
export type Kind = (typeof kinds)[number];

/** What istiod sent a sidecar. */
export interface Pushed {
  /** Bytes of each response. */
  readonly bytes: Readonly<Record<Kind, number>>;
  /** Names of the clusters. */
  readonly clusters: readonly string[];
  /** How many bytes each resource has, largest first. */
  readonly resources: readonly { readonly kind: Kind; readonly name: string; readonly bytes: number }[];
}

const types: Readonly<Record<Kind, string>> = {
  CDS: "type.googleapis.com/envoy.config.cluster.v3.Cluster",
  EDS: "type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment",
  LDS: "type.googleapis.com/envoy.config.listener.v3.Listener",
  RDS: "type.googleapis.com/envoy.config.route.v3.RouteConfiguration",
};

const httpConnectionManager =
  "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager";

const method = "/envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources";

/**
 * Subscribes as a sidecar does, in its order and by its protocol, and gives what istiod sends first of each kind.
 *
 * @param istiod an address with the port that takes plain gRPC
 * @param version of Istio
 * @see https://www.envoyproxy.io/docs/envoy/latest/api-docs/xds_protocol
 */
export async function pushedTo(subscriber: Subscriber, istiod: string, version: string): Promise<Pushed> {
  const client = new grpc.Client(istiod, grpc.credentials.createInsecure(), {
    "grpc.max_receive_message_length": -1,
  });
  const same = (bytes: Buffer) => bytes;
  const stream = client.makeBidiStreamRequest<Buffer, Buffer>(method, same, same);
  const responses = new Map<Kind, Buffer>();
  try {
    await new Promise<void>((resolve, reject) => {
      const ask = (kind: Kind, names: readonly string[]) => stream.write(requestOf(subscriber, version, kind, names));
      stream.on("error", reject);
      stream.on("data", (response: Buffer) => {
        const [type] = texts(response, 4);
        const kind = kinds.find((each) => types[each] === type);
        if (kind === undefined || responses.has(kind)) return;
        responses.set(kind, response);
        if (kind === "CDS") {
          ask("EDS", endpointNames(response));
          ask("LDS", []);
        }
        if (kind === "LDS") ask("RDS", routeNames(response));
        if (responses.size === kinds.length) resolve();
      });
      ask("CDS", []);
    });
  } finally {
    stream.cancel();
    client.close();
  }
  const sizes = kinds.map((kind) => [kind, responses.get(kind)?.length ?? 0] as const);
  const resources = [...responses].flatMap(([kind, response]) =>
    values(response, 2).map((resource) => ({ kind, name: texts(resource, 3)[0] ?? "", bytes: resource.length })),
  );
  return {
    bytes: Object.fromEntries(sizes) as Record<Kind, number>,
    clusters: texts(responses.get("CDS") ?? Buffer.of(), 2, 3),
    resources: resources.sort((one, other) => other.bytes - one.bytes),
  };
}

/** A DeltaDiscoveryRequest; without names it asks for all there are. */
function requestOf(subscriber: Subscriber, version: string, kind: Kind, names: readonly string[]): Buffer {
  const writer = new BinaryWriter();
  writer.writeBytes(1, nodeOf(subscriber, version));
  writer.writeString(2, types[kind]);
  writer.writeRepeatedString(3, [...names]);
  return Buffer.from(writer.getResultBuffer());
}

/** @see https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/core/v3/base.proto#config-core-v3-node */
function nodeOf({ name, namespace, address, labels }: Subscriber, version: string): Uint8Array {
  const metadata: Record<string, JavaScriptValue> = {
    CLUSTER_ID: "Kubernetes",
    INTERCEPTION_MODE: "REDIRECT",
    ISTIO_VERSION: version,
    LABELS: { ...labels },
    MESH_ID: "cluster.local",
    NAME: name,
    NAMESPACE: namespace,
  };
  const writer = new BinaryWriter();
  writer.writeString(1, `sidecar~${address}~${name}.${namespace}~${namespace}.svc.cluster.local`);
  writer.writeString(2, `${name}.${namespace}`);
  writer.writeBytes(3, Struct.fromJavaScript(metadata).serializeBinary());
  return writer.getResultBuffer();
}

/** The clusters of a CDS response whose endpoints are asked for by themselves. */
function endpointNames(response: Uint8Array): readonly string[] {
  return values(response, 2, 2, 2).flatMap((cluster) => {
    const [discovery] = values(cluster, 3);
    return discovery ? [texts(discovery, 2)[0] ?? texts(cluster, 1)[0] ?? ""] : [];
  });
}

/** The routes that the listeners of an LDS response name. */
function routeNames(response: Uint8Array): readonly string[] {
  const filters = [3, 25].flatMap((chains) => values(response, 2, 2, 2, chains, 3, 4));
  const names = filters
    .filter((config) => texts(config, 1)[0] === httpConnectionManager)
    .flatMap((config) => texts(config, 2, 3, 2));
  return [...new Set(names)];
}
