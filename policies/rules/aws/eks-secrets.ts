import type { Rule } from "../../engine/rule";
import { clustersOf } from "../../facts/aws/clusters";

/** Kubernetes Secrets are encrypted with a KMS key before they reach etcd. */
export const eksSecrets: Rule = {
  id: "AWS-EKS-SECRETS",
  severity: "mandatory",
  title: "the Secrets of Kubernetes are encrypted with a KMS key of the account",
  why: "Without a key of one's own nobody can see who decrypts Secrets, or stop it.",
  fix: "Give the cluster a KMS key for its Secrets, when it is made.",
  codes: ["CKV_AWS_58", "CIS EKS 5.3.1"],
  docs: "https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html",

  judge: (inventory, check) =>
    check.each(clustersOf(inventory), (cluster) => {
      const config = cluster.get("encryptionConfig");
      const key = config.get("provider", "keyArn");
      const covers = config.get("resources").list();
      // A key that is made here has no ARN yet.
      const hasKey = key.isUnknown || key.exists;
      if (hasKey && covers.some((resource) => resource.text() === "secrets")) return;
      check.violation(config, {
        message: hasKey
          ? "its KMS key isn't for secrets, so Kubernetes Secrets lie in etcd without a key of yours: nobody can see who decrypts them, or stop it."
          : "has no KMS key, so Kubernetes Secrets lie in etcd without a key of yours: nobody can see who decrypts them, or stop it.",
        fix: 'Set encryptionConfig to a KMS key and resources: ["secrets"] (encryptionConfigKeyArn in eks.Cluster).',
      });
    }),
};
