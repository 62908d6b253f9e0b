import type { KubernetesObject } from "../../engine/resource";
import type { Path } from "../../engine/value";

/** Whether an object is of a kind that is known to make a Secret. */
export function makesSecrets({ kind }: KubernetesObject): boolean {
  return Object.hasOwn(makerKinds, kind);
}

/** Where an object says what its Secret is called. */
export function secretPaths({ kind }: KubernetesObject): readonly Path[] {
  return makerKinds[kind] ?? [];
}

/** Where each kind says what its Secret is called; all but a Certificate's may be called as the object itself. */
const makerKinds: Readonly<Record<string, readonly Path[]>> = {
  Certificate: [["spec", "secretName"]],
  ExternalSecret: [["spec", "target", "name"]],
  SealedSecret: [["spec", "template", "metadata", "name"]],
  VaultPKISecret: [["spec", "destination", "name"]],
  VaultStaticSecret: [["spec", "destination", "name"]],
};
