import { routeOverlap } from "../../../../../policies/rules/istio/routing/route-overlap";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

const route = [{ destination: { host: "details.bookinfo.svc.cluster.local" } }];

function before(stack: StackDraft, ...routes: Loose[]): void {
  stack.object("VirtualService", "bookinfo", "productpage.ingress").spec.http.unshift(...routes);
}

export default cases(routeOverlap, {
  breaks: {
    "one of two conditions that an earlier rule takes": {
      change: (stack) => {
        before(
          stack,
          { name: "api", match: [{ uri: { prefix: "/api" } }], route },
          { match: [{ uri: { prefix: "/v1" } }, { uri: { prefix: "/api/v1" } }], route },
        );
      },
      finds: [
        'VirtualService bookinfo/productpage.ingress: the route #2 never takes a request for uri prefix "/api/v1": the route "api" before it takes uri prefix "/api". Put it before "api", or take it out.',
      ],
    },
    "a condition that another one of the same rule contains": {
      change: (stack) => {
        before(stack, { match: [{ uri: { prefix: "/api" } }, { uri: { exact: "/api/v1" } }], route });
      },
      finds: [
        'VirtualService bookinfo/productpage.ingress: the route #1 never takes a request for uri exact "/api/v1": the same route takes uri prefix "/api". Take the narrower one out.',
      ],
    },
  },
  keeps: {
    "conditions that meet, but neither contains the other": (stack) => {
      before(stack, {
        match: [{ uri: { prefix: "/api" } }, { headers: { "x-beta": { exact: "1" } } }],
        route,
      });
    },
    "a rule that is hidden as a whole, which is another finding": (stack) => {
      before(
        stack,
        { match: [{ uri: { prefix: "/api" } }], route },
        { match: [{ uri: { prefix: "/api/v1" } }], route },
      );
    },
  },
});
