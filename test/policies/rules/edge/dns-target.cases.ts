import { dnsTarget } from "../../../../policies/rules/edge/dns-target";
import { cases } from "../../cases";
import { addWaiting, service, urnOf } from "./objects";

const apex = "route53 Record eks-istio-dev-domain-example.com-apex-a: example.com";
const wildcard = "route53 Record eks-istio-dev-domain-example.com-wildcard-a: *.example.com";
const type =
  "leads to Service istio-ingress/istio-ingress, which is of type ClusterIP and has no load balancer: it dangles. Make the Service's type LoadBalancer, or take the record out.";
const gone =
  "leads to eks-istio-dev-istio-ingress/istio-ingress, which is not in the stack: it dangles. Take the record out, or the Service back in.";
export default cases(dnsTarget, {
  breaks: {
    "a Service that has no load balancer": {
      change: (stack) => (service(stack).spec.type = "ClusterIP"),
      finds: [`${wildcard} ${type}`, `${apex} ${type}`],
    },
    "a Service of the default type": {
      change: (stack) => delete service(stack).spec.type,
      finds: [`${wildcard} ${type}`, `${apex} ${type}`],
    },
    "a Service that is gone": {
      change: (stack) => stack.remove("Service", "istio-ingress"),
      finds: [`${wildcard} ${gone}`, `${apex} ${gone}`],
    },
  },
  keeps: {
    "a record for something else": (stack) =>
      addWaiting(
        stack,
        "aws:route53/record:Record",
        "x",
        { name: "x.example.com", type: "CNAME", records: ["status.example.org"] },
        [],
      ),
    "a text that waits for the Service": (stack) => {
      service(stack).spec.type = "LoadBalancer";
      addWaiting(stack, "aws:route53/record:Record", "x", { name: "x.example.com", type: "TXT", records: ["y"] }, [
        urnOf(stack, "kubernetes:core/v1:Service"),
      ]);
    },
  },
});
