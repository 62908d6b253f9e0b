import { nlbSslPorts } from "../../../../policies/rules/edge/nlb-ssl-ports";
import { cases } from "../../cases";
import { addGateway } from "../gateway-api/drafts";
import { annotate, gatewayRelease, service } from "./objects";

const here = "Service istio-ingress/istio-ingress:";
const refused =
  "but the ports here are 80 (http) and 443 (https): the controller refuses the whole Service, and there is no load balancer.";

const certified = {
  "service.beta.kubernetes.io/aws-load-balancer-type": "external",
  "service.beta.kubernetes.io/aws-load-balancer-ssl-cert": "arn:aws:acm:eu-west-1:123456789012:certificate/1",
};

export default cases(nlbSslPorts, {
  breaks: {
    "a certificate without ssl-ports": {
      change: (stack) => annotate(stack, { "ssl-ports": undefined }),
      finds: [
        `${here} ssl-cert without ssl-ports puts TLS on every port, 80 too: plain HTTP there fails before it can be redirected. Set ssl-ports to "443".`,
      ],
    },
    "a certificate without ssl-ports on the cloud provider's own Network Load Balancer": {
      change: (stack) => annotate(stack, { type: "nlb", "ssl-ports": undefined }),
      finds: [
        `${here} ssl-cert without ssl-ports puts TLS on every port, 80 too: plain HTTP there fails before it can be redirected. Set ssl-ports to "443".`,
      ],
    },
    "an empty ssl-ports": {
      change: (stack) => annotate(stack, { "ssl-ports": " " }),
      finds: [
        `${here} ssl-cert without ssl-ports puts TLS on every port, 80 too: plain HTTP there fails before it can be redirected. Set ssl-ports to "443".`,
      ],
    },
    "a certificate without ssl-ports in the chart's values": {
      change: (stack) => {
        gatewayRelease(stack).values.service = {
          annotations: {
            "service.beta.kubernetes.io/aws-load-balancer-type": "external",
            "service.beta.kubernetes.io/aws-load-balancer-ssl-cert": "arn:aws:acm:eu-west-1:123456789012:certificate/1",
          },
        };
      },
      finds: [
        'Release istio-ingress/istio-ingress: ssl-cert without ssl-ports puts TLS on every port, 15021 and 80 too: plain HTTP there fails before it can be redirected. Set ssl-ports to "443".',
      ],
    },
    "a certificate without ssl-ports on a Gateway of the Gateway API": {
      change: (stack) => addGateway(stack, { infrastructure: { annotations: certified } }),
      finds: [
        'Gateway edge/web: ssl-cert without ssl-ports puts TLS on every port, 80 and 15021 too: plain HTTP there fails before it can be redirected. Set ssl-ports to "443".',
      ],
    },
    "a port that the Service lacks": {
      change: (stack) => annotate(stack, { "ssl-ports": "443,444" }),
      finds: [`${here} ssl-ports names "444", ${refused} Name a port of the Service, e.g. "443"; "*" stands for none.`],
    },
    "a star, which stands for none": {
      change: (stack) => annotate(stack, { "ssl-ports": "*" }),
      finds: [`${here} ssl-ports names "*", ${refused} Name a port of the Service, e.g. "443"; "*" stands for none.`],
    },
    "the port that the pods listen on": {
      change: (stack) => annotate(stack, { "ssl-ports": "8443" }),
      finds: [
        `${here} ssl-ports names "8443", ${refused} Write the Service's port, "443": 8443 is where the pods listen.`,
      ],
    },
    "port 80 among them": {
      change: (stack) => annotate(stack, { "ssl-ports": "443, http" }),
      finds: [
        `${here} ssl-ports "http" puts TLS on port 80: browsers that follow an http:// address fail before they can be redirected. Take "http" out of ssl-ports.`,
      ],
    },
    "ports without a certificate": {
      change: (stack) => annotate(stack, { "ssl-cert": undefined }),
      finds: [
        `${here} ssl-ports is "443", but there is no ssl-cert: no port speaks TLS. Give the certificate's ARN in ssl-cert, or take ssl-ports out.`,
      ],
    },
  },
  keeps: {
    "a port that the Service lacks, which the cloud provider's own passes over": (stack) =>
      annotate(stack, { type: "nlb", "ssl-ports": "443,8443" }),
    "no ssl-ports at another controller's load balancer": (stack) => {
      annotate(stack, { type: undefined, "ssl-ports": undefined });
      service(stack).spec.loadBalancerClass = "io.cilium/node";
    },
    "a Gateway of the Gateway API that listens on 443 only": (stack) =>
      addGateway(stack, {
        infrastructure: { annotations: certified },
        listeners: [{ name: "https", port: 443, protocol: "HTTP" }],
      }),
    "a port by its name": (stack) => annotate(stack, { "ssl-ports": "https" }),
    "no ssl-ports where there is one port": (stack) => {
      annotate(stack, { "ssl-ports": undefined });
      service(stack).spec.ports.shift();
    },
    "no TLS at the load balancer": (stack) => annotate(stack, { "ssl-ports": undefined, "ssl-cert": undefined }),
    "a Service that is no load balancer": (stack) => {
      annotate(stack, { "ssl-ports": "1" });
      service(stack).spec.type = "ClusterIP";
    },
  },
});
