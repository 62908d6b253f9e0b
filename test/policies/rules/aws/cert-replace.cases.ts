import { certReplace } from "../../../../policies/rules/aws/cert-replace";
import { cases } from "../../cases";
import type { StackDraft } from "../../stack";

function withOption(stack: StackDraft, deleteBeforeReplace: boolean): void {
  stack.resources = stack.resources.map((one) =>
    one.type === "aws:acm/certificate:Certificate" ? { ...one, deleteBeforeReplace } : one,
  );
}

export default cases(certReplace, {
  breaks: {
    "a certificate that goes first": {
      change: (stack) => withOption(stack, true),
      finds: [
        "acm Certificate eks-istio-dev-domain-example.com-certificate: is deleted before there is another one for *.example.com: the load balancer still uses it, so ACM refuses and the update stops halfway. Leave deleteBeforeReplace out of its options.",
      ],
    },
  },
  keeps: {
    "a certificate that goes last": (stack) => withOption(stack, false),
  },
});
