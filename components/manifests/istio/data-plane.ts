/* eslint-disable @typescript-eslint/no-unnecessary-condition -- there is one kind so far */
import type { WorkloadSettings } from "../../settings/apps/workload";
import type { MeshSettings } from "../../settings/mesh/schema";
import type { Settings } from "../../settings/settings";
import { injectionLabels } from "./injection";
import { proxyAnnotations } from "./proxy-annotations";

/**
 * How pods are in the mesh. Only `namespaceLabels` and `podMetadata` ask which kind it is: with a further kind in this
 * union, neither compiles until it knows that kind, too. Which namespace has which is for `dataPlanesOf` to say, and the
 * charts that a kind needs are installed by the stage Mesh.
 *
 * @see https://istio.io/latest/docs/overview/dataplane-modes/
 */
export type DataPlane = Sidecars;

/** An Envoy in each pod, injected by istiod's webhook. */
interface Sidecars {
  readonly kind: "sidecar";
  /** The revision of the control plane that injects and configures them. Default: the control plane without one. */
  readonly revision?: string;
  /** CPU and memory of each sidecar. */
  readonly resources: MeshSettings["proxy"]["resources"];
}

/** What the mesh wants to stand on a workload's pods. */
interface PodMetadata {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** How the pods of each namespace are in the mesh, by the namespace's name. */
export type DataPlanes = (namespace: string) => DataPlane;

/** What a stack's settings decide of data planes: the mesh's say it for every namespace. */
export type DataPlaneSettings = Pick<Settings, "mesh" | "namespaces">;

/** The data planes that a stack's settings ask for. */
export function dataPlanesOf({ mesh: { revision, proxy } }: DataPlaneSettings): DataPlanes {
  const sidecars: DataPlane = { kind: "sidecar", revision, resources: proxy.resources };
  return () => sidecars;
}

/**
 * The labels of a namespace by which its pods are in the mesh.
 *
 * @param inMesh false: its pods stay out, also where istiod takes in every namespace that says nothing
 */
export function namespaceLabels(dataPlane: DataPlane, inMesh: boolean): Record<string, string> {
  switch (dataPlane.kind) {
    case "sidecar":
      return inMesh ? injectionLabels(dataPlane.revision) : { "istio-injection": "disabled" };
  }
}

/**
 * What a workload's pods carry because of the mesh: nothing where they are like all others of their namespace.
 *
 * @see https://istio.io/latest/docs/reference/config/annotations/
 */
export function podMetadata(
  dataPlane: DataPlane,
  { inject, proxy }: Pick<WorkloadSettings, "inject" | "proxy">,
): PodMetadata {
  switch (dataPlane.kind) {
    case "sidecar":
      return {
        ...(!inject && { labels: { "sidecar.istio.io/inject": "false" } }),
        ...(proxy && { annotations: proxyAnnotations(proxy, dataPlane.resources) }),
      };
  }
}
