import { kmsPrincipal } from "../../../../policies/rules/aws/kms-principal";
import { cases } from "../../cases";

const says =
  "lets anybody in any AWS account use this key, for whatever the statement allows. Name the roles or accounts that use it in Principal.";
const everybody = { Effect: "Allow", Principal: "*", Action: "kms:Decrypt", Resource: "*" };

export default cases(kmsPrincipal, {
  breaks: {
    "a key for everybody, in JSON": {
      change: (stack) =>
        (stack.resource("aws:kms/key:Key").policy = JSON.stringify({ Version: "2012-10-17", Statement: [everybody] })),
      finds: [`kms Key eks-istio-dev-secrets: ${says}`],
    },
    "a policy of its own, for every account": {
      change: (stack) =>
        stack.addResource("aws:kms/keyPolicy:KeyPolicy", "open", {
          policy: { Statement: { ...everybody, Principal: { AWS: "*" } } },
        }),
      finds: [`kms KeyPolicy open: ${says}`],
    },
  },
  keeps: {
    "everybody who comes through a service": (stack) =>
      (stack.resource("aws:kms/key:Key").policy = JSON.stringify({
        Statement: [{ ...everybody, Condition: { StringEquals: { "kms:CallerAccount": "123456789012" } } }],
      })),
    "the account": (stack) =>
      (stack.resource("aws:kms/key:Key").policy = JSON.stringify({
        Statement: [{ ...everybody, Principal: { AWS: "arn:aws:iam::123456789012:root" } }],
      })),
  },
});
