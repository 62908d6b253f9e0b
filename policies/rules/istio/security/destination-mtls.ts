import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import { wrongValue } from "../../../facts/causes";
import { clientTls, servicesFor, spoken, type ClientTls } from "../../../facts/istio/client-tls";
import { mtlsOf, type Mtls } from "../../../facts/istio/mtls";
import { portNumber } from "../../../facts/istio/registry";
import { workloadsOf } from "../../../facts/istio/workloads";
import { hasProxy } from "../../../facts/istio/injection";
import { assertKnown } from "../../../facts/kubernetes/selection";

/** A DestinationRule's TLS is what the other side takes. */
export const destinationMtls: Rule = {
  id: "IST-DESTINATION-MTLS",
  severity: "mandatory",
  title: "the TLS of a DestinationRule is what the other side's PeerAuthentication takes",
  why: "A client that is told to speak plain text to a STRICT workload, or the mesh's TLS to one that has it off, gets a reset for every request.",
  fix: "Leave tls out: the mesh finds out by itself.",
  codes: ["KIA0205", "KIA0206", "KIA0207", "KIA0208", "KIA0505", "KIA0506"],
  docs: "https://istio.io/latest/docs/ops/configuration/traffic-management/tls-configuration/",

  judge: (inventory, check) =>
    check.each(inventory.objects("DestinationRule"), (rule) => {
      const all = clientTls(rule);
      if (all.length === 0) return;
      const services = servicesFor(rule, inventory);
      check.each(all, (tls) => {
        for (const service of services) if (judge(tls, service, inventory, check)) return;
      });
    }),
};

/** Whether something was wrong: one finding a setting is enough. */
function judge(tls: ClientTls, service: KubernetesObject, inventory: Inventory, check: Check): boolean {
  const pods = workloadsOf(inventory, service);
  // A gateway's servers say themselves what they take.
  for (const workload of pods.found.filter(({ isGateway }) => !isGateway)) {
    const isProxied = hasProxy(workload, inventory);
    for (const port of portsOf(service, tls.port)) {
      const { mode, by }: Mtls =
        isProxied === false ? { mode: "DISABLE", by: undefined } : mtlsOf(inventory, workload, port);
      const isMesh = tls.mode === "ISTIO_MUTUAL";
      if (!isMesh && mode === "STRICT" && by) {
        check.violation(tls.value, {
          ...wrongValue(tls.value),
          message: `clients speak ${spoken(tls.mode)} to ${service.label}, where ${by.label} takes the mesh's TLS only (STRICT): every request is reset.`,
          fix: "Take tls out, or set mode: ISTIO_MUTUAL.",
        });
        return true;
      }
      if (isMesh && mode === "DISABLE") {
        check.violation(tls.value, {
          ...wrongValue(tls.value),
          message: `clients speak the mesh's TLS to ${service.label}, ${by ? `where ${by.label} turns it off` : "which has pods without a proxy"}: every request fails.`,
          fix: "Take tls out: clients then find out what the other side takes.",
        });
        return true;
      }
    }
  }
  assertKnown(pods);
  return false;
}

/** The containers' ports behind a Service's, since policies count those. */
function portsOf(service: KubernetesObject, only: number | undefined): (number | undefined)[] {
  const ports = service
    .get("spec", "ports")
    .list()
    .filter((port) => only === undefined || portNumber(port) === only)
    .map((port) => port.get("targetPort").number() ?? portNumber(port));
  return ports.length > 0 ? ports : [undefined];
}
