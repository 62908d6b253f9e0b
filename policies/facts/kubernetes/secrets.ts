import type { Inventory } from "../../engine/inventory";
import { KubernetesObject } from "../../engine/resource";
import { isFilledByCharts } from "../istio/places";

/** Secrets that cert-manager's Certificates and ExternalSecrets will be, by namespace and name: `edge/cert`. */
export function promisedSecrets({ resources }: Inventory): ReadonlySet<string> {
  return new Set(
    resources.flatMap((one) => {
      if (!(one instanceof KubernetesObject) || !["Certificate", "ExternalSecret", "SealedSecret"].includes(one.kind))
        return [];
      const names = [one.get("spec", "secretName"), one.get("spec", "target", "name")];
      const known = names.flatMap((name) => (name.isUnknown ? [] : (name.text() ?? [])));
      return [...known, one.name].map((name) => `${one.namespace ?? ""}/${name}`);
    }),
  );
}

/** Whether a Secret is nowhere, and nobody else is known to make it. Throws if one that is unknown may be it. */
export function isSecretMissing(inventory: Inventory, namespace: string, name: string): boolean {
  if (inventory.once(promisedSecrets).has(`${namespace}/${name}`) || isFilledByCharts(inventory, namespace))
    return false;
  return inventory.missing("Secret", namespace, name);
}

/** Whether cert-manager makes the Secrets that an object names: its annotations ask for it. */
export function asksForCertificates({ annotations }: KubernetesObject): boolean {
  return annotations
    .entries()
    .some(([key]) => /^(cert-manager|acme\.cert-manager)\.io\/|^kubernetes\.io\/tls-acme$/.test(key));
}
