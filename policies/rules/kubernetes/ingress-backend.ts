import type { Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Check, Rule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { missing, missingPort } from "../../facts/causes";
import { listed, namespaceOf } from "../../facts/istio/objects";
import { destinationOf } from "../../facts/istio/registry";
import { didYouMean } from "../../schemas/mistakes";

/** An Ingress leads to Services that exist, and to ports that they have. */
export const ingressBackend: Rule = {
  id: "K8S-INGRESS-BACKEND",
  severity: "mandatory",
  title: "an Ingress leads to Services that exist, and to ports that they have",
  why: "Requests for a backend that isn't there are answered with an error, and nothing else is wrong with the Ingress.",
  fix: "Name a Service of the Ingress's namespace, and one of its ports by number or name.",
  codes: [],
  docs: "https://kubernetes.io/docs/concepts/services-networking/ingress/",

  judge: (inventory, check) =>
    check.each(inventory.objects("Ingress"), (ingress) => {
      check.each([ingress.get("spec", "defaultBackend")], (value) => judge(value, ingress, inventory, check));
      check.each(ingress.get("spec", "rules").list(), (rule) => {
        check.each(rule.get("http", "paths").list(), (path) => judge(path.get("backend"), ingress, inventory, check));
      });
    }),
};

function judge(backend: Value, ingress: KubernetesObject, inventory: Inventory, check: Check): void {
  const service = backend.get("service");
  const name = service.get("name").text();
  const [byName, byNumber] = [service.get("port", "name"), service.get("port", "number")];
  // The AWS Load Balancer Controller's word for an action in an annotation.
  if (name === undefined || byName.text() === "use-annotation") return;
  const namespace = namespaceOf(ingress);
  const found = destinationOf(`${name}.${namespace}.svc.cluster.local`, namespace, inventory);
  if (found.kind === "missing") {
    const names = inventory.inNamespace("Service", namespace).map((one) => one.name);
    check.violation(service.get("name"), {
      ...missing("Service", { namespace, name }),
      message: `no Service ${name} exists in the namespace ${namespace}: requests for it are answered with an error.`,
      fix: `${didYouMean(name, names)}If somebody else deploys it, name "Service ${namespace}/${name}" under outside in the policies' configuration.`,
    });
    return;
  }
  if (found.kind !== "service") return;
  const ports = found.object.get("spec", "ports").list();
  const wanted = byName.text() ?? byNumber.number();
  const has = (port: Value) => wanted === port.get("name").text() || wanted === port.get("port").number();
  if (wanted === undefined || ports.length === 0 || ports.some(has)) return;
  const own = ports.map((port) => [port.get("port").number(), port.get("name").text()].filter(Boolean).join(" "));
  const meant = ports.find((port) => port.get("targetPort").number() === wanted);
  check.violation(byName.exists ? byName : byNumber, {
    ...missingPort([found.object.label], wanted),
    message: `${found.object.label} has no port ${wanted}, only ${listed(own)}: requests for it are answered with an error.`,
    fix: meant
      ? `Write the Service's port instead of the container's: ${meant.get("port").number() ?? ""}.`
      : "Write one of the Service's ports, by number or name.",
  });
}
