import type { Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Check, Rule } from "../../engine/rule";
import { nearestOf } from "../../schemas/mistakes";

/** An Ingress names one class, as it is called. */
export const ingressClass: Rule = {
  id: "K8S-INGRESS-CLASS",
  severity: "mandatory",
  title: "an Ingress names one class, and as it is called",
  why: "No controller takes an Ingress of a class that doesn't exist, and nobody says so; the API server refuses one that names two.",
  fix: "Write the IngressClass's name in spec.ingressClassName, and take the annotation out.",
  codes: [],
  docs: "https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class",

  judge: (inventory, check) =>
    check.each(inventory.objects("Ingress"), (ingress) => {
      check.each([ingress], () => judgeTwice(ingress, check));
      check.each([ingress], () => judgeName(ingress, inventory, check));
    }),
};

const annotation = "kubernetes.io/ingress.class";

/** @see https://github.com/kubernetes/kubernetes/blob/v1.34.1/pkg/apis/networking/validation/validation.go */
function judgeTwice(ingress: KubernetesObject, check: Check): void {
  const old = ingress.annotations.get(annotation);
  const own = ingress.get("spec", "ingressClassName");
  if (!old.exists || !own.exists || old.text() === own.text()) return;
  check.violation(old, {
    message: `has the annotation ${annotation} beside another spec.ingressClassName: the API server refuses it.`,
    fix: "Take the annotation out.",
  });
}

/** Others may make classes, too: only what looks like a slip is told. */
function judgeName(ingress: KubernetesObject, inventory: Inventory, check: Check): void {
  const value = ingress.get("spec", "ingressClassName");
  const name = value.text();
  const classes = inventory.objects("IngressClass");
  if (name === undefined || classes.length === 0 || !inventory.missing("IngressClass", "default", name)) return;
  const near = nearestOf(
    name,
    classes.map((one) => one.name),
  );
  if (near === undefined) return;
  check.violation(value, {
    message: `no IngressClass ${name} is here: no controller takes it.`,
    fix: `Did you mean ${near}? If others make it, name "IngressClass default/${name}" under outside in the policies' configuration.`,
    severity: "advisory",
  });
}
