import type { Rule } from "../../../engine/rule";
import { hasSelector } from "../../../facts/istio/mtls";

/** Modes for single ports are for selected workloads. */
export const mtlsPorts: Rule = {
  id: "IST-MTLS-PORTS",
  severity: "mandatory",
  title: "a PeerAuthentication with modes for ports selects workloads",
  why: "Istio refuses modes for ports in a policy for a whole namespace or mesh.",
  fix: "Add a selector.",
  codes: ["IST0106"],
  docs: "https://istio.io/latest/docs/reference/config/security/peer_authentication/",

  judge: (inventory, check) =>
    check.each(inventory.objects("PeerAuthentication"), (policy) => {
      const ports = policy.get("spec", "portLevelMtls");
      if (!ports.exists || hasSelector(policy)) return;
      check.violation(ports, {
        message: "has modes for ports but selects no workloads: Istio refuses it.",
        fix: "Add selector.matchLabels for the workloads whose ports these are, or take portLevelMtls out.",
      });
    }),
};
