import { chartReplicas } from "../../../../../policies/rules/istio/control-plane/chart-replicas";
import { cases } from "../../../cases";
import { addChart } from "../../kubernetes/drafts";

export default cases(chartReplicas, {
  breaks: {
    "one istiod": {
      change: (stack) => (stack.values("istiod").autoscaleMin = 1),
      finds: [
        "Release istio-system/istiod: values.autoscaleMin is 1: while it is replaced, no pod starts with a sidecar and no certificate is renewed. Set it to 2 or more.",
      ],
      severity: "advisory",
    },
    "one istiod in production, by the chart's own default": {
      change: (stack) => delete stack.values("istiod").autoscaleMin,
      finds: [
        "Release istio-system/istiod: values.autoscaleMin is left at the chart's own, 1: while it is replaced, no pod starts with a sidecar and no certificate is renewed. Set it to 2 or more.",
      ],
      severity: "mandatory",
      sample: "prod",
    },
    "one istiod without an autoscaler": {
      change: (stack) => (stack.values("istiod").autoscaleEnabled = false),
      finds: [
        "Release istio-system/istiod: values.replicaCount is left at the chart's own, 1: while it is replaced, no pod starts with a sidecar and no certificate is renewed. Set it to 2 or more.",
      ],
    },
    "one gateway": {
      change: (stack) => delete stack.values("istio-ingress").autoscaling.minReplicas,
      finds: [
        "Release istio-ingress/istio-ingress: values.autoscaling.minReplicas is left at the chart's own, 1: while it is replaced, nobody reaches any application. Set it to 2 or more.",
      ],
    },
    "one gateway without an autoscaler": {
      change: (stack) =>
        Object.assign(stack.values("istio-ingress"), { autoscaling: { enabled: false }, replicaCount: 1 }),
      finds: [
        "Release istio-ingress/istio-ingress: values.replicaCount is 1: while it is replaced, nobody reaches any application. Set it to 2 or more.",
      ],
    },
    "one load balancer controller": {
      change: (stack) => (stack.values("aws-load-balancer-controller").replicaCount = 1),
      finds: [
        "Release kube-system/aws-load-balancer-controller: values.replicaCount is 1: while it is replaced, no pod becomes a target of a load balancer. Set it to 2 or more.",
      ],
    },
    "no budgets": {
      change: (stack) => {
        stack.values("istiod").global.defaultPodDisruptionBudget.enabled = false;
        delete stack.values("istio-ingress").podDisruptionBudget;
        stack.values("aws-load-balancer-controller").podDisruptionBudget = {};
      },
      finds: [
        "Release kube-system/aws-load-balancer-controller: has no disruption budget: an upgrade of the nodes may take away all its pods at once. Set values.podDisruptionBudget to {maxUnavailable: 1}.",
        "Release istio-system/istiod: has no disruption budget: an upgrade of the nodes may take away all its pods at once. Set values.global.defaultPodDisruptionBudget.enabled to true.",
        "Release istio-ingress/istio-ingress: has no disruption budget: an upgrade of the nodes may take away all its pods at once. Set values.podDisruptionBudget to {maxUnavailable: 1}.",
      ],
    },
  },
  keeps: {
    "two of istiod below its key of old": (stack) => {
      delete stack.values("istiod").autoscaleMin;
      stack.values("istiod").pilot = { autoscaleMin: 2 };
    },
    "two of each without an autoscaler": (stack) => {
      Object.assign(stack.values("istiod"), { autoscaleEnabled: false, replicaCount: 2 });
      Object.assign(stack.values("istio-ingress"), { autoscaling: { enabled: false }, replicaCount: 2 });
    },
    "the controller's chart as it is, with two": (stack) =>
      delete stack.values("aws-load-balancer-controller").replicaCount,
    "the budget that istiod's chart has by itself": (stack) =>
      delete stack.values("istiod").global.defaultPodDisruptionBudget,
    "a gateway on each node": (stack) => {
      const values = stack.values("istio-ingress");
      values.kind = "DaemonSet";
      delete values.podDisruptionBudget;
      delete values.autoscaling;
    },
    "other charts": (stack) => addChart(stack, "redis", { replicaCount: 1 }),
  },
});
