import type { Rule } from "../../engine/rule";
import { podTemplates } from "../../facts/kubernetes/pods";
import { containerName, isNodeAgent } from "../../facts/kubernetes/containers";

/**
 * A liveness probe is not the readiness probe once more. That there is one is not asked for: one that is too eager
 * restarts what would have recovered, and most applications that hang for ever have a defect to find instead.
 */
export const liveness: Rule = {
  id: "K8S-LIVENESS",
  severity: "advisory",
  title: "a liveness probe is slower or simpler than the readiness probe",
  why: "Where both ask the same, pods that are only busy, or wait for a database, are restarted instead of being spared, all at once.",
  fix: "Let the liveness probe ask for less, e.g. an open port, or fail much later.",
  codes: [],
  docs: "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",

  judge: (inventory, check) =>
    check.each(podTemplates(inventory), (pods) => {
      if (isNodeAgent(pods)) return;
      check.each(pods.template.get("spec", "containers").list(), (container) => {
        const [live, ready] = [container.get("livenessProbe"), container.get("readinessProbe")];
        // An open port is little enough to ask, even twice.
        if (!live.exists || !ready.exists || live.get("tcpSocket").exists) return;
        if (JSON.stringify(sorted(live.plain())) !== JSON.stringify(sorted(ready.plain()))) return;
        check.violation(live, {
          message: `the liveness probe of ${containerName(container)} is its readiness probe once more: pods that are only busy are restarted, all at once.`,
          fix: "Let it ask for less, e.g. a tcpSocket, or give it a much higher failureThreshold.",
        });
      });
    }),
};

/** With keys in order, so that equal objects give equal text. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
