import { eksSecrets } from "../../../../policies/rules/aws/eks-secrets";
import { unknown } from "../../../../policies/engine/value";
import { cases } from "../../cases";

const risk =
  'so Kubernetes Secrets lie in etcd without a key of yours: nobody can see who decrypts them, or stop it. Set encryptionConfig to a KMS key and resources: ["secrets"] (encryptionConfigKeyArn in eks.Cluster).';

export default cases(eksSecrets, {
  breaks: {
    "no key, in a plan": {
      change: (stack) => delete stack.resource("eks:index:Cluster").encryptionConfigKeyArn,
      finds: [`eks Cluster eks-istio-dev: has no KMS key, ${risk}`],
    },
    "no key, in the engine": {
      change: (stack) => (stack.openCluster().encryptionConfig = {}),
      finds: [`eks Cluster eks-istio-dev-eksCluster: has no KMS key, ${risk}`],
    },
    "a key that is for nothing": {
      change: (stack) => (stack.openCluster().encryptionConfig.resources = []),
      finds: [`eks Cluster eks-istio-dev-eksCluster: its KMS key isn't for secrets, ${risk}`],
    },
  },
  keeps: {
    "a key with a known ARN": (stack) =>
      (stack.resource("eks:index:Cluster").encryptionConfigKeyArn = "arn:aws:kms:eu-west-1:123456789012:key/1"),
    "the engine's cluster": (stack) => stack.openCluster(),
    "the engine's cluster with a key that is made with it": (stack) =>
      (stack.openCluster().encryptionConfig.provider.keyArn = unknown),
  },
});
