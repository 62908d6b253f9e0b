import { gatewayService } from "../../../../../policies/rules/istio/gateway/gateway-service";
import { cases } from "../../../cases";

export default cases(gatewayService, {
  breaks: {
    "a second load balancer": {
      change: (stack) => delete stack.values("istio-ingress").service,
      finds: [
        "Release istio-ingress/istio-ingress: the chart makes a load balancer of its own beside Service istio-ingress/istio-ingress: two addresses, two bills, and one of them unguarded. Set service.type to None.",
      ],
      severity: "mandatory",
    },
    "a second load balancer, which finds the chart's pods by another label": {
      change: (stack) => {
        delete stack.values("istio-ingress").service;
        stack.object("Service", "istio-ingress", "istio-ingress").spec.selector = { istio: "ingress" };
      },
      finds: [
        "Release istio-ingress/istio-ingress: the chart makes a load balancer of its own beside Service istio-ingress/istio-ingress: two addresses, two bills, and one of them unguarded. Set service.type to None.",
      ],
    },
    "a load balancer of any kind": {
      change: (stack) => {
        stack.values("istio-ingress").service.type = "LoadBalancer";
        stack.remove("Service", "istio-ingress");
      },
      finds: [
        'Release istio-ingress/istio-ingress: its Service doesn\'t say which load balancer it is for: EKS makes one of the old kind, without the features of an NLB. Set service.annotations["service.beta.kubernetes.io/aws-load-balancer-type"] to external, or service.type to None with a Service of your own.',
      ],
    },
    "a load balancer of any kind, and a controller that can't be seen": {
      change: (stack) => {
        stack.values("istio-ingress").service.type = "LoadBalancer";
        stack.remove("Service", "istio-ingress");
        stack.resources = stack.resources.filter(
          ({ properties }) => properties.chart !== "aws-load-balancer-controller",
        );
      },
      finds: [
        "Release istio-ingress/istio-ingress: its Service doesn't say which load balancer it is for: unless the AWS Load Balancer Controller, which isn't here, marks it by its webhook, EKS makes one of the old kind, without the features of an NLB. Set service.annotations[\"service.beta.kubernetes.io/aws-load-balancer-type\"] to external, or service.type to None with a Service of your own.",
      ],
      severity: "advisory",
    },
  },
  keeps: {
    "a load balancer that the controller's webhook takes": (stack) => {
      stack.values("istio-ingress").service.type = "LoadBalancer";
      stack.remove("Service", "istio-ingress");
      delete stack.values("aws-load-balancer-controller").enableServiceMutatorWebhook;
    },
    "a load balancer of the same app label's for other pods": (stack) => {
      stack.values("istio-ingress").service = { loadBalancerClass: "service.k8s.aws/nlb" };
      stack.object("Service", "istio-ingress", "istio-ingress").spec.selector = {
        app: "istio-ingress",
        istio: "other",
      };
    },
    "a Service inside the cluster": (stack) => (stack.values("istio-ingress").service.type = "ClusterIP"),
    "a load balancer of the controller's": (stack) => {
      stack.values("istio-ingress").service = {
        annotations: { "service.beta.kubernetes.io/aws-load-balancer-type": "external" },
      };
      stack.remove("Service", "istio-ingress");
    },
    "a class of load balancers": (stack) => {
      stack.values("istio-ingress").service = { loadBalancerClass: "service.k8s.aws/nlb" };
      stack.remove("Service", "istio-ingress");
    },
    "the annotation on everything that the chart makes": (stack) => {
      delete stack.values("istio-ingress").service;
      stack.values("istio-ingress").annotations = { "service.beta.kubernetes.io/aws-load-balancer-type": "external" };
      stack.remove("Service", "istio-ingress");
    },
  },
});
