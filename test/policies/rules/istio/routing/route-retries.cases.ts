import { routeRetries } from "../../../../../policies/rules/istio/routing/route-retries";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

function tester(stack: StackDraft): Loose {
  return stack.object("VirtualService", "bookinfo", "reviews").spec.http[0];
}

export default cases(routeRetries, {
  breaks: {
    "four tries of 2 s in 5 s": {
      change: (stack) => (tester(stack).retries.perTryTimeout = "2s"),
      finds: [
        'VirtualService bookinfo/reviews: 4 tries of 2s in the route "tester" don\'t fit into its timeout of 5s: only 2 can finish. Set attempts to 1, perTryTimeout to 1250ms, or timeout to 8s.',
      ],
    },
    "tries as long as the timeout": {
      change: (stack) => (tester(stack).retries.perTryTimeout = "1m0.5s"),
      finds: [
        'VirtualService bookinfo/reviews: 4 tries of 1m0.5s in the route "tester" don\'t fit into its timeout of 5s: no try but the first can finish. Set attempts to 0, perTryTimeout to 1250ms, or timeout to 242s.',
      ],
    },
    "no perTryTimeout": {
      change: (stack) => delete tester(stack).retries.perTryTimeout,
      finds: [
        'VirtualService bookinfo/reviews: the route "tester" tries up to 4 times within 5s and sets no perTryTimeout: the first slow try uses up all of it. Set perTryTimeout, e.g. 1250ms.',
      ],
    },
  },
  keeps: {
    "tries that just fit": (stack) => (tester(stack).retries.perTryTimeout = "1250ms"),
    "no timeout": (stack) => {
      delete tester(stack).timeout;
      tester(stack).retries.perTryTimeout = "30s";
    },
    "no tries but the first": (stack) => (tester(stack).retries = { attempts: 0 }),
  },
});
