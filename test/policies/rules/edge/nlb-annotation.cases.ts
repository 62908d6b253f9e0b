import { nlbAnnotation } from "../../../../policies/rules/edge/nlb-annotation";
import { cases } from "../../cases";
import type { Loose } from "../../stack";
import { annotate, service } from "./objects";

const here = "Service istio-ingress/istio-ingress:";
const prefix = "service.beta.kubernetes.io/aws-load-balancer-";

export default cases(nlbAnnotation, {
  breaks: {
    "a typing error": {
      change: (stack) => annotate(stack, { "ssl-port": "443" }),
      finds: [
        `${here} ${prefix}ssl-port is none of the controller's annotations: it passes it over, and the default holds. Did you mean ${prefix}ssl-ports?`,
      ],
    },
    "a name that is cut short": {
      change: (stack) => (service(stack).metadata.annotations["service.beta.kubernetes.io/aws-nlb-target-type"] = "ip"),
      finds: [
        `${here} service.beta.kubernetes.io/aws-nlb-target-type is none of the controller's annotations: it passes it over, and the default holds. Did you mean ${prefix}nlb-target-type?`,
      ],
    },
    "an annotation of the old cloud provider's": {
      change: (stack) => annotate(stack, { "connection-idle-timeout": "60" }),
      finds: [
        `${here} ${prefix}connection-idle-timeout is the old cloud provider's, for a Classic Load Balancer; the controller passes it over. Take it out.`,
      ],
    },
    "an Ingress's annotation": {
      change: (stack) => {
        const { annotations } = service(stack).metadata;
        annotations["alb.ingress.kubernetes.io/scheme"] = "internet-facing";
        annotations["alb.ingress.kubernetes.io/load-balancer-attributes"] = "deletion_protection.enabled=true";
        annotations["alb.ingress.kubernetes.io/certificate-arn"] = "arn:aws:acm:eu-west-1:123456789012:certificate/1";
      },
      finds: (
        [
          ["scheme", "scheme"],
          ["load-balancer-attributes", "attributes"],
          ["certificate-arn", "ssl-cert"],
        ] as const
      ).map(
        ([own, other]) =>
          `${here} alb.ingress.kubernetes.io/${own} is for an Ingress and its ALB; on this Service it does nothing. Use ${prefix}${other}, if that is what was meant, or take it out.`,
      ),
    },
    "an Ingress's annotation on a Service that asks for no kind of load balancer": {
      change: (stack) => {
        annotate(stack, { type: undefined, "ssl-port": "443" });
        service(stack).metadata.annotations["alb.ingress.kubernetes.io/scheme"] = "internal";
      },
      finds: [
        `${here} ${prefix}ssl-port is no annotation that anybody reads who makes a load balancer on AWS: the default holds. Did you mean ${prefix}ssl-ports?`,
        `${here} alb.ingress.kubernetes.io/scheme is for an Ingress and its ALB; on this Service it does nothing. Use ${prefix}scheme, if that is what was meant, or take it out.`,
      ],
      severity: "mandatory",
    },
    "a typing error on the cloud provider's own Network Load Balancer": {
      change: (stack) => annotate(stack, { type: "nlb", shceme: "internet-facing" }),
      finds: [
        `${here} ${prefix}shceme is no annotation that anybody reads who makes a load balancer on AWS: the default holds. Did you mean ${prefix}scheme?`,
      ],
      severity: "mandatory",
    },
    "a typing error where the controller's webhook takes the Service": {
      change: (stack) => {
        annotate(stack, { type: undefined, shceme: "internet-facing" });
        delete stack.values("aws-load-balancer-controller").enableServiceMutatorWebhook;
      },
      finds: [
        `${here} ${prefix}shceme is none of the controller's annotations: it passes it over, and the default holds. Did you mean ${prefix}scheme?`,
      ],
    },
    "one that counts behind an Ingress only": {
      change: (stack) => (service(stack).metadata.annotations["alb.ingress.kubernetes.io/healthcheck-port"] = "15021"),
      finds: [
        `${here} alb.ingress.kubernetes.io/healthcheck-port counts behind an Ingress only, and none here leads to this Service. Use ${prefix}healthcheck-port, if that is what was meant, or take it out.`,
      ],
      severity: "advisory",
    },
  },
  keeps: {
    "the cloud provider's annotations on its own load balancer": (stack) =>
      annotate(stack, { type: undefined, "connection-idle-timeout": "60" }),
    "any of AWS' on another controller's load balancer": (stack) => {
      annotate(stack, { type: undefined, "ssl-port": "443" });
      service(stack).spec.loadBalancerClass = "io.cilium/node";
    },
    "an Ingress's annotation on a load balancer's Service that is behind one, too": (stack) => {
      service(stack).metadata.annotations["alb.ingress.kubernetes.io/healthcheck-port"] = "15021";
      const backend = { service: { name: "istio-ingress", port: { number: 80 } } };
      stack.add({
        apiVersion: "networking.k8s.io/v1",
        kind: "Ingress",
        metadata: { name: "edge", namespace: "istio-ingress" },
        spec: { rules: [{ http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }] },
      } as Loose);
    },
    "one for a listener": (stack) => annotate(stack, { "listener-attributes.TCP-80": "tcp.idle_timeout.seconds=400" }),
    "others' annotations": (stack) => {
      const { annotations } = service(stack).metadata;
      annotations["external-dns.alpha.kubernetes.io/hostname"] = "example.com";
      annotations["service.beta.kubernetes.io/load-balancer-source-ranges"] = "10.0.0.0/8";
    },
    "an Ingress's annotation on a Service behind one": (stack) =>
      (stack.object("Service", "bookinfo", "details").metadata.annotations = {
        "alb.ingress.kubernetes.io/healthcheck-path": "/health",
      }),
  },
});
