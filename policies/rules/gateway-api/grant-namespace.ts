import type { Rule } from "../../engine/rule";
import { missingNamespace } from "../../facts/istio/namespaces";

/** A ReferenceGrant is for namespaces that exist. */
export const grantNamespace: Rule = {
  id: "GWAPI-GRANT-NAMESPACE",
  severity: "mandatory",
  title: "a ReferenceGrant lets in namespaces that exist",
  why: "A grant for a namespace that isn't there lets nobody in, and the routes that count on it are answered with a 500.",
  fix: "Write the namespace of the routes or Gateways in spec.from.",
  codes: ["KIA1601"],
  docs: "https://gateway-api.sigs.k8s.io/api-types/referencegrant/",

  judge: (inventory, check) =>
    check.each(inventory.objects("ReferenceGrant"), (grant) => {
      check.each(grant.get("spec", "from").list(), (from) => {
        const namespace = from.get("namespace");
        const wrong = missingNamespace(namespace.text() ?? "", "the grant lets nobody in", inventory);
        if (wrong) check.violation(namespace, wrong);
      });
    }),
};
