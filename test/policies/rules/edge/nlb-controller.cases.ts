import { nlbController } from "../../../../policies/rules/edge/nlb-controller";
import { cases } from "../../cases";
import type { StackDraft } from "../../stack";
import { addFlux, addOperator } from "../kubernetes/drafts";
import { annotate, gatewayRelease, service } from "./objects";

const here = "Service istio-ingress/istio-ingress:";
const classic =
  'has neither aws-load-balancer-type nor a loadBalancerClass: it becomes a Classic Load Balancer, which ignores its annotations. Set aws-load-balancer-type to "external" and nlb-target-type to "ip".';

function unseen(stack: StackDraft): void {
  annotate(stack, { type: undefined });
  stack.resources = stack.resources.filter(({ properties }) => properties.chart !== "aws-load-balancer-controller");
}

export default cases(nlbController, {
  breaks: {
    "no type": {
      change: (stack) => annotate(stack, { type: undefined }),
      finds: [`${here} ${classic}`],
    },
    "no type, and a controller that can't be seen": {
      change: unseen,
      finds: [
        `${here} has neither aws-load-balancer-type nor a loadBalancerClass: unless the AWS Load Balancer Controller, which isn't here, marks it by its webhook, EKS makes a Classic Load Balancer, which ignores most annotations. Set aws-load-balancer-type to "external" and nlb-target-type to "ip".`,
      ],
      severity: "advisory",
    },
    "the cloud provider's type": {
      change: (stack) => annotate(stack, { type: "nlb" }),
      finds: [
        `${here} has the type "nlb", which is not the AWS Load Balancer Controller's: the cloud provider's own makes something else of it, or nothing. Set aws-load-balancer-type to "external" and nlb-target-type to "ip".`,
      ],
    },
    "the cloud provider's type, and a controller that can't be seen": {
      change: (stack) => {
        unseen(stack);
        annotate(stack, { type: "nlb" });
      },
      finds: [
        `${here} has the type "nlb", which is not the AWS Load Balancer Controller's: unless that one, which isn't here, takes it by its webhook, EKS makes a Network Load Balancer with node ports as targets, and passes over most annotations. Set aws-load-balancer-type to "external" and nlb-target-type to "ip".`,
      ],
      severity: "advisory",
    },
    "nobody's type, and a controller that can't be seen": {
      change: (stack) => {
        unseen(stack);
        annotate(stack, { type: "network" });
      },
      finds: [
        `${here} has the type "network", which is not the AWS Load Balancer Controller's: unless that one, which isn't here, takes it by its webhook, EKS makes a Classic Load Balancer, and passes over most annotations. Set aws-load-balancer-type to "external" and nlb-target-type to "ip".`,
      ],
      severity: "advisory",
    },
    "no target type": {
      change: (stack) => annotate(stack, { "nlb-target-type": undefined }),
      finds: [
        `${here} has the type external, but no nlb-target-type: the controller passes it over, and there is no load balancer. Set nlb-target-type to "ip".`,
      ],
    },
    "the cloud provider's type on the chart's own Service": {
      change: (stack) =>
        (gatewayRelease(stack).values.service = {
          annotations: { "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" },
        }),
      finds: [
        'Release istio-ingress/istio-ingress: has the type "nlb", which is not the AWS Load Balancer Controller\'s: the cloud provider\'s own makes something else of it, or nothing. Set aws-load-balancer-type to "external" and nlb-target-type to "ip".',
      ],
    },
    "the cloud provider's type in values of Flux's HelmRelease, and in an IstioOperator": {
      change: (stack) => {
        const annotations = { "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" };
        addFlux(stack, "gateway", { service: { annotations } });
        addOperator(stack, {
          profile: "empty",
          components: { ingressGateways: [{ name: "own", k8s: { serviceAnnotations: annotations } }] },
        });
      },
      finds: [
        'HelmRelease flux/own: has the type "nlb", which is not the AWS Load Balancer Controller\'s: the cloud provider\'s own makes something else of it, or nothing. Set aws-load-balancer-type to "external" and nlb-target-type to "ip".',
        'IstioOperator istio-system/own: has the type "nlb", which is not the AWS Load Balancer Controller\'s: the cloud provider\'s own makes something else of it, or nothing. Set aws-load-balancer-type to "external" and nlb-target-type to "ip".',
      ],
    },
  },
  keeps: {
    "values of Flux's HelmRelease that stand elsewhere as well": (stack) =>
      addFlux(
        stack,
        "gateway",
        { service: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" } } },
        { valuesFrom: [{ kind: "Secret", name: "own" }] },
      ),
    "what the chart makes unasked": (stack) => delete gatewayRelease(stack).values.service,
    "a class": (stack) => {
      annotate(stack, { type: undefined });
      service(stack).spec.loadBalancerClass = "service.k8s.aws/nlb";
    },
    "the controller's webhook": (stack) => {
      annotate(stack, { type: undefined });
      delete stack.values("aws-load-balancer-controller").enableServiceMutatorWebhook;
    },
    "the controller's webhook, which asks for no type": (stack) => {
      annotate(stack, { type: "nlb" });
      delete stack.values("aws-load-balancer-controller").enableServiceMutatorWebhook;
    },
    "the controller's webhook, which asks for no target type": (stack) => {
      annotate(stack, { "nlb-target-type": undefined });
      delete stack.values("aws-load-balancer-controller").enableServiceMutatorWebhook;
    },
    "the older type": (stack) => annotate(stack, { type: "nlb-ip", "nlb-target-type": undefined }),
    "another cloud's load balancer": (stack) => {
      unseen(stack);
      service(stack).metadata.annotations["cloud.google.com/neg"] = '{"ingress": true}';
    },
  },
});
