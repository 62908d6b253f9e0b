import { matchGateway } from "../../../../../policies/rules/istio/routing/match-gateway";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

const here = "VirtualService bookinfo/productpage.ingress:";
const destination = { host: "productpage.bookinfo.svc.cluster.local", port: { number: 9080 } };

function productpage(stack: StackDraft): Loose {
  return stack.object("VirtualService", "bookinfo", "productpage.ingress").spec;
}

/** Puts a rule with conditions before the others. */
function route(stack: StackDraft, ...match: readonly Loose[]): void {
  productpage(stack).http.unshift({ match, route: [{ destination }] });
}

export default cases(matchGateway, {
  breaks: {
    "a gateway that it isn't bound to": {
      change: (stack) => route(stack, { gateways: ["istio-ingress/wildcrad"], uri: { prefix: "/login" } }),
      finds: [
        `${here} the condition is for istio-ingress/wildcrad, and its VirtualService is bound to istio-ingress/wildcard only: it never holds, and its requests take another rule or none. Write istio-ingress/wildcard here, or add istio-ingress/wildcrad to spec.gateways.`,
      ],
      severity: "mandatory",
    },
    "the mesh, in one of two conditions": {
      change: (stack) => route(stack, { uri: { prefix: "/login" } }, { gateways: ["mesh"] }),
      finds: [
        `${here} the condition is for mesh, and its VirtualService is bound to istio-ingress/wildcard only: it never holds, and its requests take another rule or none. Write istio-ingress/wildcard here, or add mesh to spec.gateways.`,
      ],
    },
    "a gateway, where it names none and is the mesh's": {
      change: (stack) => {
        delete productpage(stack).gateways;
        route(stack, { gateways: ["istio-ingress/wildcard"] });
      },
      finds: [
        `${here} the condition is for istio-ingress/wildcard, and its VirtualService is bound to mesh only: it never holds, and its requests take another rule or none. Write mesh here, or add istio-ingress/wildcard to spec.gateways.`,
      ],
    },
    "a condition of a TCP route": {
      change: (stack) => {
        productpage(stack).tcp = [{ match: [{ gateways: ["wildcard"] }], route: [{ destination }] }];
      },
      finds: [
        `${here} the condition is for bookinfo/wildcard, and its VirtualService is bound to istio-ingress/wildcard only: it never holds, and its requests take another rule or none. Write istio-ingress/wildcard here, or add bookinfo/wildcard to spec.gateways.`,
      ],
    },
    "one gateway of several": {
      change: (stack) => route(stack, { gateways: ["istio-ingress/wildcard", "mesh"] }),
      finds: [
        `${here} the condition is also for mesh, and its VirtualService is bound to istio-ingress/wildcard only: from there it never holds. Write istio-ingress/wildcard here, or add mesh to spec.gateways.`,
      ],
      severity: "advisory",
    },
  },
  keeps: {
    "its own gateway, by any of its names": (stack) => {
      route(
        stack,
        { gateways: ["istio-ingress/wildcard"], uri: { prefix: "/a" } },
        { gateways: ["wildcard.istio-ingress.svc.cluster.local"], uri: { prefix: "/b" } },
      );
    },
    "the mesh, where it is named": (stack) => {
      productpage(stack).gateways.push("mesh");
      route(stack, { gateways: ["mesh"], uri: { prefix: "/a" } });
    },
    "a delegate, which is bound to what its root is": (stack) => {
      delete productpage(stack).gateways;
      delete productpage(stack).hosts;
      route(stack, { gateways: ["istio-ingress/wildcard"] });
    },
  },
});
