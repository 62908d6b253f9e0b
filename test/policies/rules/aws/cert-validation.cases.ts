import { certValidation } from "../../../../policies/rules/aws/cert-validation";
import { secret } from "../../../../policies/engine/value";
import { cases } from "../../cases";

const type = "aws:acm/certificate:Certificate";
const label = "acm Certificate eks-istio-dev-domain-example.com-certificate";
const byMail = (method: string) =>
  `${label}: isn't validated by DNS (validationMethod is ${method}): it can't renew itself, and browsers refuse it after it expired. Set validationMethod to "DNS", and make the records that it asks for.`;

export default cases(certValidation, {
  breaks: {
    "validation by mail": {
      change: (stack) => (stack.resource(type).validationMethod = "EMAIL"),
      severity: "mandatory",
      finds: [byMail("EMAIL")],
    },
    "no method": {
      change: (stack) => (stack.resource(type).validationMethod = null),
      finds: [byMail("not set")],
    },
    "a certificate that nothing waits for": {
      change: (stack) => stack.remove("aws:acm/certificateValidation:CertificateValidation"),
      severity: "advisory",
      finds: [
        `${label}: nothing here waits until it is issued: a load balancer that gets it before then is refused. Add an aws.acm.CertificateValidation, and use its certificateArn.`,
      ],
    },
  },
  keeps: {
    "an imported certificate": (stack) =>
      stack.addResource(type, "imported", { certificateBody: "-----BEGIN", privateKey: secret }),
    "a certificate of a private authority": (stack) =>
      stack.addResource(type, "private", { domainName: "a.internal", certificateAuthorityArn: "arn:aws:acm-pca:…" }),
  },
});
