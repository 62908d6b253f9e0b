import { routeRetryOn } from "../../../../../policies/rules/istio/routing/route-retry-on";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

function route(stack: StackDraft): Loose {
  return stack.object("VirtualService", "bookinfo", "reviews").spec.http[0];
}

function retries(stack: StackDraft, retryOn: string, attempts = 3): void {
  route(stack).retries = { attempts, perTryTimeout: "1s", retryOn };
}

const fix =
  "Take retryOn out (in a stack file retries.retryOn): Istio's own conditions are for what no application has carried out. Or match the methods that may be repeated, such as GET, in a route of their own.";

export default cases(routeRetryOn, {
  breaks: {
    "5xx for every method": {
      change: (stack) => {
        retries(stack, "reset,5xx");
      },
      finds: [
        `VirtualService bookinfo/reviews: the route "tester" retries on 5xx whatever the method: a POST that was carried out before its answer got lost, or failed halfway, is sent up to 3 more times. ${fix}`,
      ],
    },
    "500, where one condition takes any method": {
      change: (stack) => {
        retries(stack, "500", 1);
        route(stack).match = [{ method: { exact: "GET" } }, { uri: { prefix: "/" } }];
      },
      finds: [
        `VirtualService bookinfo/reviews: the route "tester" retries on 500 whatever the method: a POST that was carried out before its answer got lost, or failed halfway, is sent up to 1 more time. ${fix}`,
      ],
    },
    "5xx for POST among others": {
      change: (stack) => {
        retries(stack, "5xx");
        route(stack).match = [{ method: { regex: "GET|POST" } }];
      },
      finds: [
        `VirtualService bookinfo/reviews: the route "tester" retries on 5xx whatever the method: a POST that was carried out before its answer got lost, or failed halfway, is sent up to 3 more times. ${fix}`,
      ],
    },
  },
  keeps: {
    "Istio's own conditions": (stack) => (route(stack).retries = { attempts: 3 }),
    "conditions of connections": (stack) => {
      retries(stack, "connect-failure,refused-stream,503");
    },
    "methods that may be repeated": (stack) => {
      retries(stack, "5xx");
      route(stack).match = [{ method: { exact: "GET" } }, { method: { regex: "^(HEAD|PUT)$" } }];
    },
    "no retries": (stack) => {
      retries(stack, "5xx", 0);
    },
    "a delegate, whose methods another rule chooses": (stack) => {
      retries(stack, "5xx");
      delete stack.object("VirtualService", "bookinfo", "reviews").spec.hosts;
    },
  },
});
