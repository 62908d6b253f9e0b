import { chartRequests } from "../../../../../policies/rules/istio/control-plane/chart-requests";
import { cases } from "../../../cases";

export default cases(chartRequests, {
  breaks: {
    "the controller's chart as it is": {
      change: (stack) => delete stack.values("aws-load-balancer-controller").resources,
      finds: [
        "Release kube-system/aws-load-balancer-controller: requests no cpu and no memory: it is the first to go from a node that is full. Set values.resources.requests.cpu and values.resources.requests.memory.",
      ],
      severity: "advisory",
    },
    "the same in production, without memory": {
      change: (stack) => (stack.values("aws-load-balancer-controller").resources = { requests: { cpu: "100m" } }),
      finds: [
        "Release kube-system/aws-load-balancer-controller: requests no memory: it is the first to go from a node that is full. Set values.resources.requests.memory.",
      ],
      severity: "mandatory",
      sample: "prod",
    },
    "what Istio's charts have, taken away": {
      change: (stack) => {
        stack.values("istiod").resources = { requests: null };
        stack.values("istio-ingress").resources = { requests: { cpu: null } };
      },
      finds: [
        "Release istio-system/istiod: requests no cpu and no memory: it is the first to go from a node that is full. Set values.resources.requests.cpu and values.resources.requests.memory.",
        "Release istio-ingress/istio-ingress: requests no cpu: it is the first to go from a node that is full. Set values.resources.requests.cpu.",
      ],
    },
  },
  keeps: {
    "what Istio's charts have by themselves": (stack) => {
      delete stack.values("istiod").resources;
      delete stack.values("istio-ingress").resources.requests;
    },
    "limits, which are the requests as well": (stack) =>
      (stack.values("aws-load-balancer-controller").resources = { limits: { cpu: "1", memory: "1Gi" } }),
  },
});
