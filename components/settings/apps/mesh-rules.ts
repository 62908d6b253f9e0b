import { insideMesh, type MatchSettings } from "./matches";
import type { AppInput } from "./schema";

type Ruling = Pick<AppInput, "routes" | "versions" | "timeout" | "retries" | "headers">;

/** Whether a match can hold for calls from inside the mesh. */
export function holdsInMesh({ gateways }: Pick<MatchSettings, "gateways">): boolean {
  return !gateways || gateways.includes(insideMesh);
}

/** Whether a match says that it is for calls from inside the mesh alone. */
export function isForMeshOnly({ gateways }: Pick<MatchSettings, "gateways">): boolean {
  return gateways?.every((gateway) => gateway === insideMesh) === true;
}

/** Whether an application asks for more than Kubernetes' own routing does, for calls from inside the mesh. */
export function hasMeshRules({ routes, versions, timeout, retries, headers }: Ruling): boolean {
  return (
    routes.some(({ match }) => !match || match.some(holdsInMesh)) ||
    Object.keys(versions).length > 0 ||
    [timeout, retries, headers].some((policy) => policy !== undefined)
  );
}
