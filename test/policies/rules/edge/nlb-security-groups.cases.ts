import { nlbSecurityGroups } from "../../../../policies/rules/edge/nlb-security-groups";
import { cases } from "../../cases";
import { annotate, service } from "./objects";

const here = "Service istio-ingress/istio-ingress:";
const closed = `${here} brings its own security groups, so the controller opens no node to them: every health check fails, unless somebody else does. Set manage-backend-security-group-rules to "true".`;
const lost = `${here} lists source ranges, which are ignored beside security groups of its own: everybody that those let in gets in. Put the ranges into the security groups' rules (gateways.default.sourceRanges is for the controller's own group).`;

export default cases(nlbSecurityGroups, {
  breaks: {
    "groups of its own": { change: (stack) => annotate(stack, { "security-groups": "sg-1" }), finds: [closed] },
    "groups whose rules nobody manages": {
      change: (stack) => annotate(stack, { "security-groups": "sg-1", "manage-backend-security-group-rules": "false" }),
      finds: [closed],
    },
    "source ranges beside them": {
      change: (stack) => {
        annotate(stack, { "security-groups": "sg-1", "manage-backend-security-group-rules": "true" });
        service(stack).spec.loadBalancerSourceRanges = ["203.0.113.0/24"];
      },
      finds: [lost],
    },
    "source ranges in an annotation": {
      change: (stack) => {
        annotate(stack, { "security-groups": "sg-1", "manage-backend-security-group-rules": "true" });
        service(stack).metadata.annotations["service.beta.kubernetes.io/load-balancer-source-ranges"] =
          "203.0.113.0/24";
      },
      finds: [lost],
    },
  },
  keeps: {
    "groups whose rules the controller manages": (stack) =>
      annotate(stack, { "security-groups": "sg-1", "manage-backend-security-group-rules": "true" }),
    "source ranges of the controller's own group": (stack) =>
      (service(stack).spec.loadBalancerSourceRanges = ["203.0.113.0/24"]),
  },
});
