import type { Inventory } from "../../engine/inventory";
import type { HelmRelease } from "../../engine/resource";
import type { Check, Rule } from "../../engine/rule";
import { eachRelease } from "../../facts/kubernetes/charts";

/** The load balancer controller's webhooks stop nothing that isn't theirs, and don't miss what is. */
export const controllerWebhooks: Rule = {
  id: "K8S-CONTROLLER-WEBHOOKS",
  severity: "mandatory",
  title: "the load balancer controller's webhooks stop no other Service, and miss no pod",
  why: "Its webhook for Services refuses every new Service of the cluster while the controller is away, and the one for pods lets them start without their readiness gate.",
  fix: "Set enableServiceMutatorWebhook to false, and podMutatorWebhookConfig.failurePolicy to Fail where readiness gates are used.",
  codes: [],
  docs: "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/",

  judge: (inventory, check) =>
    eachRelease(inventory, check, ["aws-load-balancer-controller"], (release) => {
      check.each([release], () => judgeServices(release, check));
      check.each([release], () => judgePods(release, inventory, check));
    }),
};

function judgeServices({ values }: HelmRelease, check: Check): void {
  const setting = values.get("enableServiceMutatorWebhook");
  if (setting.boolean() === false || values.get("serviceMutatorWebhookConfig", "failurePolicy").text() === "Ignore")
    return;
  check.violation(setting, {
    message:
      "enableServiceMutatorWebhook is on: while the controller is away, nobody can make any Service in the cluster.",
    fix: "Set it to false, and name the load balancer's type on the Services that want one.",
  });
}

function judgePods({ values }: HelmRelease, inventory: Inventory, check: Check): void {
  const policy = values.get("podMutatorWebhookConfig", "failurePolicy");
  if (policy.text() === "Fail") return;
  const gated = inventory.objects("Namespace").find((namespace) => namespace.labels.get(gate).text() === "enabled");
  if (!gated) return;
  check.violation(policy, {
    message: `podMutatorWebhookConfig.failurePolicy is ${policy.text() ?? "left at Ignore"}: pods that start while the controller is away have no readiness gate, though ${gated.label} asks for it.`,
    fix: "Set it to Fail.",
    severity: { production: "mandatory", otherwise: "advisory" },
  });
}

const gate = "elbv2.k8s.aws/pod-readiness-gate-inject";
