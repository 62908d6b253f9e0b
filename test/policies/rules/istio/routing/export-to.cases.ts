import { exportTo } from "../../../../../policies/rules/istio/routing/export-to";
import { cases } from "../../../cases";
import type { StackDraft } from "../../../stack";
import { adding } from "../drafts";

const add = adding("ServiceEntry");

function hide(stack: StackDraft, service: string, to: string): void {
  stack.object("Service", "bookinfo", service).metadata.annotations = { "networking.istio.io/exportTo": to };
}

export default cases(exportTo, {
  breaks: {
    "a Service that the gateway doesn't see": {
      change: (stack) => {
        hide(stack, "productpage", ".");
      },
      finds: [
        'VirtualService bookinfo/productpage.ingress: Service bookinfo/productpage is not exported to the namespace istio-ingress, whose proxies have this route: they answer 503. Add "istio-ingress" to the annotation networking.istio.io/exportTo of Service bookinfo/productpage.',
      ],
    },
    "a Service that the rule's own namespace doesn't see": {
      change: (stack) => {
        hide(stack, "reviews", "membership, istio-ingress");
      },
      finds: [
        'VirtualService bookinfo/reviews: Service bookinfo/reviews is not exported to the namespace bookinfo, whose proxies have this route: they answer 503. Add "bookinfo" to the annotation networking.istio.io/exportTo of Service bookinfo/reviews.',
        'VirtualService bookinfo/reviews: Service bookinfo/reviews is not exported to the namespace bookinfo, whose proxies have this route: they answer 503. Add "bookinfo" to the annotation networking.istio.io/exportTo of Service bookinfo/reviews.',
        'VirtualService bookinfo/reviews: Service bookinfo/reviews is not exported to the namespace bookinfo, whose proxies have this route: they answer 503. Add "bookinfo" to the annotation networking.istio.io/exportTo of Service bookinfo/reviews.',
        'VirtualService bookinfo/reviews: Service bookinfo/reviews is not exported to the namespace bookinfo, whose proxies have this route: they answer 503. Add "bookinfo" to the annotation networking.istio.io/exportTo of Service bookinfo/reviews.',
      ],
    },
    "a Service that a namespace with the route doesn't see": {
      change: (stack) => {
        hide(stack, "details", ".");
        const rule = stack.object("VirtualService", "bookinfo", "reviews");
        rule.spec.exportTo = [".", "membership", "nowhere"];
        rule.spec.http = [{ route: [{ destination: { host: "details" } }] }];
      },
      finds: [
        'VirtualService bookinfo/reviews: Service bookinfo/details is not exported to the namespace membership, whose proxies have this route: they answer 503. Add "membership" to the annotation networking.istio.io/exportTo of Service bookinfo/details.',
      ],
    },
    "a ServiceEntry of another namespace": {
      change: (stack) => {
        add(stack, { hosts: ["api.example.org"], exportTo: ["."] }, { namespace: "membership" });
        stack.object("VirtualService", "bookinfo", "reviews").spec.http[0].route[0].destination = {
          host: "api.example.org",
        };
      },
      finds: [
        'VirtualService bookinfo/reviews: ServiceEntry membership/own is not exported to the namespace bookinfo, whose proxies have this route: they answer 503. Add "bookinfo" to exportTo of ServiceEntry membership/own.',
      ],
    },
    "a DestinationRule that the gateway doesn't see": {
      change: (stack) => {
        stack.object("DestinationRule", "bookinfo", "reviews").spec.exportTo = ["."];
        stack.object("VirtualService", "bookinfo", "productpage.ingress").spec.http[0].route[0].destination = {
          host: "reviews",
          subset: "v1",
        };
      },
      finds: [
        'VirtualService bookinfo/productpage.ingress: DestinationRule bookinfo/reviews defines the subset "v1" but is not exported to the namespace istio-ingress, whose proxies have this route: they answer 503. Add "istio-ingress" to exportTo of DestinationRule bookinfo/reviews.',
      ],
    },
  },
  keeps: {
    "a Service for the gateway's namespace": (stack) => {
      hide(stack, "productpage", "., istio-ingress");
    },
    "a rule for its own namespace": (stack) => {
      hide(stack, "reviews", ".");
      stack.object("DestinationRule", "bookinfo", "reviews").spec.exportTo = ["."];
    },
    "a rule that its own namespace doesn't have": (stack) => {
      hide(stack, "reviews", "membership");
      stack.object("VirtualService", "bookinfo", "reviews").spec.exportTo = ["membership"];
    },
    "a gateway of others": (stack) => {
      hide(stack, "productpage", ".");
      stack.object("VirtualService", "bookinfo", "productpage.ingress").spec.gateways = ["edge/public"];
    },
  },
});
