import { nlbCertificate } from "../../../../policies/rules/edge/nlb-cert";
import { cases } from "../../cases";
import type { StackDraft } from "../../stack";
import { annotate, urnOf, waitFor } from "./objects";

const service = "eks-istio-dev-istio-ingress/istio-ingress";
const certificateType = "aws:acm/certificate:Certificate";
const validationType = "aws:acm/certificateValidation:CertificateValidation";

function unvalidated(stack: StackDraft): void {
  const [validation, certificate] = [urnOf(stack, validationType), urnOf(stack, certificateType)];
  waitFor(stack, service, (urns) => [...urns.filter((urn) => urn !== validation), certificate]);
}

export default cases(nlbCertificate, {
  breaks: {
    "an ARN from the certificate itself": {
      change: unvalidated,
      finds: [
        "Service istio-ingress/istio-ingress: takes its certificate from acm Certificate eks-istio-dev-domain-example.com-certificate, which may still be pending: AWS refuses a listener with such a certificate. Take the ARN from its CertificateValidation.",
      ],
    },
  },
  keeps: {
    "both the certificate and its validation": (stack) =>
      waitFor(stack, service, (urns) => [...urns, urnOf(stack, certificateType)]),
    "a certificate that is imported": (stack) => {
      unvalidated(stack);
      stack.resource(certificateType).privateKey = "key";
    },
    "a certificate for something else": (stack) => {
      unvalidated(stack);
      annotate(stack, { "ssl-cert": undefined });
    },
  },
});
