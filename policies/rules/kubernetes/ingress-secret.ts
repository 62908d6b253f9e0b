import type { Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Rule } from "../../engine/rule";
import { namespaceOf } from "../../facts/istio/objects";
import { asksForCertificates, isSecretMissing } from "../../facts/kubernetes/secrets";
import { didYouMean } from "../../schemas/mistakes";

/** An Ingress's certificates are Secrets beside it. */
export const ingressSecret: Rule = {
  id: "K8S-INGRESS-SECRET",
  severity: "mandatory",
  title: "the certificates of an Ingress are Secrets of its namespace",
  why: "Without the Secret, browsers get the controller's own certificate, which nobody trusts.",
  fix: "Put the Secret into the Ingress's namespace.",
  codes: [],
  docs: "https://kubernetes.io/docs/concepts/services-networking/ingress/#tls",

  judge: (inventory, check) =>
    check.each(inventory.objects("Ingress"), (ingress) => {
      if (mayBeAlb(ingress, inventory)) return;
      const namespace = namespaceOf(ingress);
      check.each(ingress.get("spec", "tls").list(), (tls) => {
        const value = tls.get("secretName");
        const name = value.text();
        if (!name || asksForCertificates(ingress) || !isSecretMissing(inventory, namespace, name)) return;
        const names = inventory.inNamespace("Secret", namespace).map((secret) => secret.name);
        check.violation(value, {
          message: `no Secret ${name} exists in the namespace ${namespace}: browsers get a certificate that they don't trust.`,
          fix: `${didYouMean(name, names)}If somebody else makes it, name "Secret ${namespace}/${name}" under outside in the policies' configuration.`,
        });
      });
    }),
};

/** An ALB takes its certificates from ACM, whatever Secret is named. Without a class, the default one may be it. */
function mayBeAlb(ingress: KubernetesObject, inventory: Inventory): boolean {
  const name =
    ingress.get("spec", "ingressClassName").text() ?? ingress.annotations.get("kubernetes.io/ingress.class").text();
  if (name === undefined || name === "alb") return true;
  const found = inventory.find("IngressClass", "default", name);
  return found?.get("spec", "controller").text() === "ingress.k8s.aws/alb";
}
