import { kmsRotation } from "../../../../policies/rules/aws/kms-rotation";
import { cases } from "../../cases";

export default cases(kmsRotation, {
  breaks: {
    "a key that doesn't rotate": {
      change: (stack) => (stack.resource("aws:kms/key:Key").enableKeyRotation = false),
      finds: [
        "kms Key eks-istio-dev-secrets: never rotates: the same key material protects ever more data. Set enableKeyRotation to true.",
      ],
    },
    "a key that was told nothing": {
      change: (stack) => stack.addResource("aws:kms/key:Key", "own", { customerMasterKeySpec: "SYMMETRIC_DEFAULT" }),
      finds: [
        "kms Key own: never rotates: the same key material protects ever more data. Set enableKeyRotation to true.",
      ],
    },
  },
  keeps: {
    "a key that signs": (stack) =>
      stack.addResource("aws:kms/key:Key", "dnssec", {
        customerMasterKeySpec: "ECC_NIST_P256",
        keyUsage: "SIGN_VERIFY",
      }),
    "a key in a key store of one's own": (stack) =>
      stack.addResource("aws:kms/key:Key", "hsm", { customKeyStoreId: "cks-1" }),
  },
});
