import { hasProxy, isAmbient } from "../../../facts/istio/injection";
import { podTemplates } from "../../../facts/kubernetes/pods";
import { groupBy } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { servicesOf } from "../../../facts/kubernetes/selectors";

/** Services of the same pods agree on what their ports are. */
export const serviceConflict: Rule = {
  id: "IST-SERVICE-CONFLICT",
  severity: "advisory",
  title: "all Services of a pod agree on its ports",
  why: "A pod's proxy has one listener a port: of two Services that say different things about it, one is served wrongly.",
  fix: "Give both Services the same port and protocol, or another targetPort.",
  codes: ["IST0116", "IST0137"],
  docs: "https://istio.io/latest/docs/reference/config/analysis/ist0137/",

  judge: (inventory, check) =>
    check.each(podTemplates(inventory, "Deployment"), (pods) => {
      const services = servicesOf(pods, inventory);
      // Without a proxy, Services may say what they like.
      if (services.length > 1 && hasProxy(pods, inventory) !== false && !isAmbient(pods, inventory))
        judge(pods.resource, services.flatMap(portsOf), check);
    }),
};

interface Port {
  readonly service: string;
  readonly number: string;
  readonly target: string;
  readonly protocol: string;
}

function portsOf(service: KubernetesObject): Port[] {
  return service
    .get("spec", "ports")
    .list()
    .map((port) => {
      const number = textOf(port.get("port"));
      const target = textOf(port.get("targetPort")) || number;
      return { service: service.name, number, target, protocol: port.get("protocol").text() ?? "TCP" };
    });
}

function judge(deployment: KubernetesObject, ports: readonly Port[], check: Check): void {
  for (const [number, same] of groupBy(ports, (port) => port.number)) {
    if (new Set(same.map(({ protocol }) => protocol)).size > 1)
      check.violation(deployment, {
        message: `its port ${number} has different protocols in the Services ${listed(same, "protocol")}: one of them is served wrongly.`,
        fix: "Use one protocol, or another port.",
      });
  }
  for (const [target, same] of groupBy(ports, (port) => port.target)) {
    const numbers = new Set(same.map(({ number }) => number));
    // Two ports of one Service are somebody's decision.
    if (numbers.size > 1 && new Set(same.map(({ service }) => service)).size > 1)
      check.violation(deployment, {
        message: `the Services ${listed(same, "number")} lead to its port ${target} from different ports: its proxy knows one of them only.`,
        fix: "Use the same port in both, or another targetPort.",
      });
  }
}

/** `details (TCP) and more (UDP)` */
function listed(ports: readonly Port[], what: "number" | "protocol"): string {
  return [...new Set(ports.map((port) => `${port.service} (${port[what]})`))].sort().join(" and ");
}

function textOf(value: Value): string {
  return value.text() ?? String(value.number() ?? "");
}
