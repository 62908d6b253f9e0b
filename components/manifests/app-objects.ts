import type { AppRouting } from "../routing/model";
import type { AppSettings } from "../settings/apps/schema";
import { istio } from "./istio/renderer";
import type { AppObjectKey, GatewayNames, MeshObject, Renderer } from "./mesh-object";

/** What is known of an application when its objects are made. */
export interface AppInMesh {
  readonly app: AppSettings;
  readonly routing: AppRouting;
  readonly gateways: GatewayNames;
}

/** How routing is written down. */
export const renderer: Renderer = istio;

/** What an application has in the mesh, in the order of a plan. A new feature is a function of its own, and a line here. */
const features: readonly ((app: AppInMesh) => readonly MeshObject<AppObjectKey>[])[] = [
  ({ routing, gateways }) => renderer.objectsOf(routing, gateways),
];

/** Every object that the mesh reads of an application. */
export function meshObjectsOf(app: AppInMesh): MeshObject<AppObjectKey>[] {
  return features.flatMap((feature) => feature(app));
}
