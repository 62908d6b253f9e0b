import { routeFault } from "../../../../../policies/rules/istio/routing/route-fault";
import { cases } from "../../../cases";
import type { StackDraft } from "../../../stack";

function fault(stack: StackDraft, value: unknown): void {
  stack.object("VirtualService", "checkout", "checkout").spec.http[0].fault = value;
}

const delay = { fixedDelay: "5s", percentage: { value: 10 } };
const finds = (what: string) => [
  `VirtualService checkout/checkout: the route #1 has ${what} on purpose, in a stack that serves users. Remove fault, or try it on another stack.`,
];

export default cases(routeFault, {
  breaks: {
    "a delay": {
      change: (stack) => {
        fault(stack, { delay });
      },
      finds: finds("a delay"),
      severity: "mandatory",
    },
    "a delay and an abort": {
      change: (stack) => {
        fault(stack, { delay, abort: { httpStatus: 503 } });
      },
      finds: finds("a delay and an abort"),
    },
  },
  keeps: {
    "an empty fault": (stack) => {
      fault(stack, {});
    },
    "an abort that is turned off": (stack) => {
      fault(stack, { abort: { httpStatus: 503, percentage: { value: 0 } } });
    },
  },
});
