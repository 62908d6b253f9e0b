import type { Rule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { podTemplates } from "../../facts/kubernetes/pods";
import { containerName } from "../../facts/kubernetes/containers";

/** A probe that names a port names one of its container. */
export const probePort: Rule = {
  id: "K8S-PROBE-PORT",
  severity: "mandatory",
  title: "probes ask on ports that their containers have",
  why: "A probe on a port that doesn't exist always fails: the pods never serve, or are restarted for ever.",
  fix: "Name one of the container's ports, or write its number.",
  codes: [],
  docs: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",

  judge: (inventory, check) =>
    check.each(podTemplates(inventory), ({ template }) =>
      check.each(template.get("spec", "containers").list(), (container) =>
        check.each(portsOf(container), (port) => {
          const name = port.text();
          if (name === undefined || /^\d+$/.test(name)) return;
          const names = container
            .get("ports")
            .list()
            .flatMap((one) => one.get("name").text() ?? []);
          if (names.includes(name)) return;
          check.violation(port, {
            message: `a probe of ${containerName(container)} asks on port "${name}", which it doesn't have: it always fails.`,
            fix: `Write one of its ports' names (${names.join(", ") || "it has none"}), or the number.`,
          });
        }),
      ),
    ),
};

function portsOf(container: Value): Value[] {
  return ["startupProbe", "readinessProbe", "livenessProbe"].flatMap((probe) =>
    ["httpGet", "tcpSocket"].map((way) => container.get(probe, way, "port")),
  );
}
