import type { AppInMesh } from "./apps-in-mesh";
import { authorizationPolicies } from "./istio/authorization-policy";
import { appRateLimit } from "./istio/rate-limit";
import { istio } from "./istio/renderer";
import { requestAuthentication } from "./istio/request-authentication";
import { sidecar } from "./istio/sidecar";
import { defaultAccessKey, type AppObjectKey, type GatewayNames, type MeshObject, type Renderer } from "./mesh-object";

/** How routing is written down. */
export const renderer: Renderer = istio;

/** What an application has in the mesh, in the order of a plan. A new feature is a function of its own, and a line here. */
const features: readonly ((app: AppInMesh, gateways: GatewayNames) => readonly MeshObject<AppObjectKey>[])[] = [
  ({ routing }, gateways) => renderer.objectsOf(routing, gateways),
  ({ access }) => {
    const object = requestAuthentication(access);
    const tokens: MeshObject<AppObjectKey>[] = object ? [{ key: "jwt", object, after: [] }] : [];
    // Tokens first: a rule that asks for one refuses every request while nobody reads them.
    const after = [...tokens.map(({ key }) => key), ...(access.enforcement === "dryRun" ? [defaultAccessKey] : [])];
    return [...tokens, ...authorizationPolicies(access).map((policy) => ({ ...policy, after }))];
  },
  ({ app, imports }) => (imports ? [{ key: "sidecar", object: sidecar(app, imports), after: [] }] : []),
  ({ app }) => {
    const limit = appRateLimit(app);
    return limit ? [limit] : [];
  },
];

/** Every object that the mesh reads of an application. */
export function meshObjectsOf(app: AppInMesh, gateways: GatewayNames): MeshObject<AppObjectKey>[] {
  return features.flatMap((feature) => feature(app, gateways));
}
