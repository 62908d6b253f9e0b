import { isProxy, podTemplates } from "../../../facts/kubernetes/pods";
import type { Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { containerName } from "../../../facts/kubernetes/containers";

/** No application runs as the proxy's user. */
export const proxyUser: Rule = {
  id: "IST-PROXY-USER",
  severity: "mandatory",
  title: "no application runs as user 1337",
  why: "Traffic of user 1337 passes for the proxy's own: it goes around the sidecar, without mTLS, routes and policies.",
  fix: "Use another runAsUser.",
  codes: ["IST0144"],
  docs: "https://istio.io/latest/docs/ops/deployment/application-requirements/",

  judge: (inventory, check) =>
    check.each(podTemplates(inventory), (pods) => {
      // A gateway that is rendered as a whole runs as its own user.
      if (pods.isGateway) return;
      const { template } = pods;
      const applications = template
        .get("spec", "containers")
        .list()
        .filter((container) => !isProxy(container));
      const report = (user: Value, who: string) => {
        if (user.number() !== 1337) return;
        check.violation(user, {
          message: `${who} as user 1337, whose traffic Istio takes for its proxy's: it goes around the sidecar.`,
          fix: "Use another runAsUser.",
        });
      };
      check.each([template.get("spec", "securityContext", "runAsUser")], (user) => {
        // One with a user of its own doesn't take the pod's.
        if (applications.some((one) => !one.get("securityContext", "runAsUser").exists)) report(user, "its pods run");
      });
      // Init containers do so on purpose: they have no sidecar to go through yet.
      check.each(applications, (container) => {
        report(container.get("securityContext", "runAsUser"), `${containerName(container)} runs`);
      });
    }),
};
