import type { Inventory } from "../../engine/inventory";
import { KubernetesObject } from "../../engine/resource";
import { isFilledByCharts } from "../istio/places";
import { KeyIndex } from "../key-index";
import { makesSecrets, secretPaths } from "./maker-kinds";
import { mayBeMade } from "./makers";
import { namespaceOf } from "./names";

/** What will make Secrets, by their names: cert-manager's Certificates, ExternalSecrets and the like. */
export function promisedSecrets({ resources }: Inventory): KeyIndex<KubernetesObject> {
  const makers = resources.filter(
    (one): one is KubernetesObject => one instanceof KubernetesObject && makesSecrets(one),
  );
  return new KeyIndex(makers, (maker) => {
    namespaceOf(maker);
    const found = secretPaths(maker).flatMap((path) => maker.get(...path).text() ?? []);
    return maker.kind === "Certificate" ? found : [...found, maker.name];
  });
}

/** Whether a Secret, or one that will be made, is marked for a controller that copies it into other namespaces. */
export function isCopied(maker: KubernetesObject): boolean {
  const places = [["metadata"], ["spec", "secretTemplate"], ["spec", "target", "template", "metadata"]];
  return places.some((place) =>
    maker
      .get(...place, "annotations")
      .entries()
      .some(([key]) => /reflect|replicat|kubed|copy|sync/i.test(key)),
  );
}

/** Whether a Secret is nowhere, and nobody else is known to make it. Throws if one that is unknown may be it. */
export function isSecretMissing(inventory: Inventory, namespace: string, name: string): boolean {
  const promised = inventory.once(promisedSecrets);
  if (promised.get(name).some((one) => namespaceOf(one) === namespace) || isFilledByCharts(inventory, namespace))
    return false;
  promised.assertKnown();
  return inventory.missing("Secret", namespace, name) && !mayBeMade("Secret", namespace, name, inventory);
}

/** Whether cert-manager makes the Secrets that an object names: its annotations ask for it. */
export function asksForCertificates({ annotations }: KubernetesObject): boolean {
  return annotations
    .entries()
    .some(([key]) => /^(cert-manager|acme\.cert-manager)\.io\/|^kubernetes\.io\/tls-acme$/.test(key));
}
