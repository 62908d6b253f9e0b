import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { portMeaning } from "../../../facts/istio/container-ports";
import { hasSelector, isPassedOver, mtlsOf } from "../../../facts/istio/mtls";
import { subjectsOf } from "../../../facts/istio/policies";
import { assertKnown } from "../../../facts/kubernetes/selection";

/** Modes for single ports are for selected workloads, and for ports that these listen on. */
export const mtlsPorts: Rule = {
  id: "IST-MTLS-PORTS",
  severity: "mandatory",
  title: "a PeerAuthentication's modes for ports are for selected workloads, by their containers' ports",
  why: "Istio refuses modes for ports in a policy for a whole namespace or mesh, and a mode for a Service's port does nothing: STRICT is then not in force.",
  fix: "Add a selector, and write the containers' ports.",
  codes: ["IST0106"],
  docs: "https://istio.io/latest/docs/reference/config/security/peer_authentication/",

  judge: (inventory, check) =>
    check.each(inventory.objects("PeerAuthentication"), (policy) => {
      const ports = policy.get("spec", "portLevelMtls");
      if (!ports.exists) return;
      // Another rule tells of one that does nothing at all.
      if (isPassedOver(policy, inventory)) return;
      if (hasSelector(policy)) judgePorts(policy, ports, inventory, check);
      else
        check.violation(ports, {
          message: "has modes for ports but selects no workloads: Istio refuses it.",
          fix: "Add selector.matchLabels for the workloads whose ports these are, or take portLevelMtls out.",
        });
    }),
};

function judgePorts(policy: KubernetesObject, ports: Value, inventory: Inventory, check: Check): void {
  const subjects = subjectsOf(policy, inventory);
  check.each(ports.entries(), ([port, settings]) => {
    const mode = settings.get("mode").text() ?? "UNSET";
    if (mode === "UNSET") return;
    const { mistaken, mayListen } = portMeaning(Number(port), subjects.found, inventory);
    const [first] = mistaken;
    if (!first || mayListen) return;
    const { mode: actual, by } = mtlsOf(inventory, first.workload, first.target);
    if (actual === mode) return;
    check.violation(settings, {
      message: `${mode} for port ${port} does nothing: that is the port of ${first.service.label}, and modes go by the containers' ports. On ${first.target}, where ${first.workload.resource.label} gets these connections, ${actual} holds${by ? "" : " unless the mesh has another mode"}: ${consequence(mode, actual)}.`,
      fix: `Write ${first.target} instead of ${port}.`,
      // Others may have set the same mode for the whole mesh.
      ...(!by && { severity: "advisory" }),
    });
  });
  assertKnown(subjects);
}

function consequence(wanted: string, actual: string): string {
  if (wanted === "STRICT") return "plain text is let in";
  return actual === "STRICT" ? "plain text is turned away" : `mutual TLS is not as ${wanted} says`;
}
