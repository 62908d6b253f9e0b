import { controllerWebhooks } from "../../../../policies/rules/kubernetes/controller-webhooks";
import { cases } from "../../cases";

export default cases(controllerWebhooks, {
  breaks: {
    "a webhook for every Service, by the chart's own default": {
      change: (stack) => delete stack.values("aws-load-balancer-controller").enableServiceMutatorWebhook,
      finds: [
        "Release kube-system/aws-load-balancer-controller: enableServiceMutatorWebhook is on: while the controller is away, nobody can make any Service in the cluster. Set it to false, and name the load balancer's type on the Services that want one.",
      ],
      severity: "mandatory",
    },
    "a webhook for every Service that somebody asked for": {
      change: (stack) => (stack.values("aws-load-balancer-controller").enableServiceMutatorWebhook = true),
      finds: [
        "Release kube-system/aws-load-balancer-controller: enableServiceMutatorWebhook is on: while the controller is away, nobody can make any Service in the cluster. Set it to false, and name the load balancer's type on the Services that want one.",
      ],
    },
    "readiness gates that may be missing": {
      change: (stack) => delete stack.values("aws-load-balancer-controller").podMutatorWebhookConfig,
      finds: [
        "Release kube-system/aws-load-balancer-controller: podMutatorWebhookConfig.failurePolicy is left at Ignore: pods that start while the controller is away have no readiness gate, though Namespace istio-ingress asks for it. Set it to Fail.",
      ],
      severity: "advisory",
    },
    "the same in production": {
      change: (stack) =>
        (stack.values("aws-load-balancer-controller").podMutatorWebhookConfig.failurePolicy = "Ignore"),
      finds: [
        "Release kube-system/aws-load-balancer-controller: podMutatorWebhookConfig.failurePolicy is Ignore: pods that start while the controller is away have no readiness gate, though Namespace istio-ingress asks for it. Set it to Fail.",
      ],
      severity: "mandatory",
      sample: "prod",
    },
  },
  keeps: {
    "a webhook for Services that stops none": (stack) =>
      Object.assign(stack.values("aws-load-balancer-controller"), {
        enableServiceMutatorWebhook: true,
        serviceMutatorWebhookConfig: { failurePolicy: "Ignore" },
      }),
    "no readiness gates": (stack) => {
      delete stack.values("aws-load-balancer-controller").podMutatorWebhookConfig;
      stack.object("Namespace", "default", "istio-ingress").metadata.labels = { "istio-injection": "enabled" };
    },
  },
});
