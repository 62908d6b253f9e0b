import { certReplace } from "../../../../policies/rules/aws/cert-replace";
import { cases } from "../../cases";
import type { StackDraft } from "../../stack";

/** Shows certificates as the engine does, with their options. */
function fromEngine(stack: StackDraft, deleteBeforeReplace: boolean): void {
  stack.resources = stack.resources.map((one) =>
    one.type === "aws:acm/certificate:Certificate" ? { ...one, source: "engine", deleteBeforeReplace } : one,
  );
}

export default cases(certReplace, {
  breaks: {
    "a certificate that goes first": {
      change: (stack) => fromEngine(stack, true),
      finds: [
        "acm Certificate eks-istio-dev-domain-example.com-certificate: is deleted before there is another one for *.example.com: the load balancer still uses it, so ACM refuses and the update stops halfway. Leave deleteBeforeReplace out of its options.",
      ],
    },
  },
  keeps: {
    "a certificate that goes last": (stack) => fromEngine(stack, false),
    "a plan, which doesn't show options": () => undefined,
  },
});
