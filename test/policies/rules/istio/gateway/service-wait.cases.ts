import { serviceWait } from "../../../../../policies/rules/istio/gateway/service-wait";
import { cases } from "../../../cases";
import { service, urnOf, waitFor } from "../../edge/objects";

const here = "Service istio-ingress/istio-ingress:";
const hostName = 'pulumi.com/waitFor: "jsonpath={.status.loadBalancer.ingress[0].hostname}"';

export default cases(serviceWait, {
  breaks: {
    "pods that wait for the Service, which waits for them": {
      change: (stack) => delete service(stack).metadata.annotations["pulumi.com/waitFor"],
      finds: [
        `${here} is waited for until it has ready pods, but Release istio-ingress/istio-ingress, which makes them, waits for it: the deployment ends in a timeout. Annotate it ${hostName}.`,
      ],
    },
    "records for a host name that isn't waited for": {
      change: (stack) => (service(stack).metadata.annotations["pulumi.com/skipAwait"] = "true"),
      finds: [
        `${here} isn't waited for, but route53 Record eks-istio-dev-domain-example.com-wildcard-a takes its host name, which isn't there yet: the first deployment fails. Annotate it ${hostName} instead.`,
      ],
    },
    "an address, which AWS doesn't give": {
      change: (stack) =>
        (service(stack).metadata.annotations["pulumi.com/waitFor"] = "jsonpath={.status.loadBalancer.ingress[0].ip}"),
      finds: [
        `${here} waits for an address, but AWS gives a load balancer a host name only: the deployment ends in a timeout. Annotate it ${hostName}.`,
      ],
    },
  },
  keeps: {
    "pods that don't wait": (stack) => {
      delete service(stack).metadata.annotations["pulumi.com/waitFor"];
      const urn = urnOf(stack, "kubernetes:core/v1:Service", "eks-istio-dev-istio-ingress/istio-ingress");
      waitFor(stack, "eks-istio-dev-istio-ingress/istio-ingress", (urns) => urns.filter((one) => one !== urn));
    },
    "nothing that takes the host name": (stack) => {
      service(stack).metadata.annotations["pulumi.com/skipAwait"] = "true";
      stack.remove("aws:route53/record:Record");
    },
  },
});
