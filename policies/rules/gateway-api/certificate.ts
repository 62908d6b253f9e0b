import type { Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Check, Rule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { listenersOf } from "../../facts/gateway-api/listeners";
import { isCore, isGranted, referenceOf } from "../../facts/gateway-api/references";
import { namespaceOf } from "../../facts/istio/objects";
import { isFilledByCharts } from "../../facts/istio/places";
import { asksForCertificates, isSecretMissing } from "../../facts/kubernetes/secrets";
import { didYouMean } from "../../schemas/mistakes";

/** A Gateway's certificates are in Secrets that exist, and that it may name. */
export const certificate: Rule = {
  id: "GWAPI-CERTIFICATE",
  severity: "mandatory",
  title: "the certificates of a Gateway's listeners are Secrets that exist, and that it may name",
  why: "A listener whose certificate doesn't resolve isn't programmed: nobody can connect to its port.",
  fix: "Put a Secret with tls.crt and tls.key beside the Gateway, or allow the reference in a ReferenceGrant.",
  codes: [],
  docs: "https://gateway-api.sigs.k8s.io/guides/tls/",

  judge: (inventory, check) =>
    check.each(inventory.objects("KubernetesGateway"), (gateway) => {
      check.each(listenersOf(gateway), (listener) => {
        check.each(listener.get("tls", "certificateRefs").list(), (value) => judge(value, gateway, inventory, check));
      });
    }),
};

function judge(value: Value, gateway: KubernetesObject, inventory: Inventory, check: Check): void {
  const reference = referenceOf(value, gateway, { group: "", kind: "Secret" });
  const { namespace, name } = reference;
  if (!isCore(reference, "Secret") || name === "") return;
  check.each([value], () => {
    if (asksForCertificates(gateway) || !isSecretMissing(inventory, namespace, name)) return;
    const names = inventory.inNamespace("Secret", namespace).map((secret) => secret.name);
    check.violation(value.get("name"), {
      message: `no Secret ${name} exists in the namespace ${namespace}: nobody can connect to this listener.`,
      fix: `${didYouMean(name, names)}If somebody else makes it, name "Secret ${namespace}/${name}" under outside in the policies' configuration.`,
    });
  });
  if (namespace === namespaceOf(gateway)) return;
  const granted = isGranted(gateway, reference, inventory);
  const isTheirs = granted === undefined && !inventory.find("Secret", namespace, name);
  if (granted === true || isTheirs || isFilledByCharts(inventory, namespace)) return;
  check.violation(value.get("namespace"), {
    message: `no ReferenceGrant in the namespace ${namespace} lets Gateways of ${namespaceOf(gateway)} name Secret ${name}: nobody can connect to this listener.`,
    fix: `Make a ReferenceGrant in ${namespace}, from Gateway in ${namespaceOf(gateway)} to Secret. If somebody else does, name "ReferenceGrant ${namespace}/*" under outside in the policies' configuration.`,
    ...(granted === undefined && { severity: "advisory" as const }),
  });
}
