import type { PolicyDocument } from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";

/**
 * Who may take a role through EKS Pod Identity: one service account of one cluster.
 *
 * Without the conditions, any association in the account could hand the role to any pod.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
 */
export function podIdentityTrust(clusterName: string, namespace: string, serviceAccount: string): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
          StringEquals: {
            "aws:RequestTag/eks-cluster-name": clusterName,
            "aws:RequestTag/kubernetes-namespace": namespace,
            "aws:RequestTag/kubernetes-service-account": serviceAccount,
          },
        },
      },
    ],
  };
}

/**
 * A role that an AWS service takes for itself, e.g. `ec2.amazonaws.com`.
 *
 * @param account the only one that the service may act for. Left out, it is any that names the role
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function serviceTrust(service: string, account?: pulumi.Input<string>): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sts:AssumeRole",
        ...(account !== undefined && { Condition: { StringEquals: { "aws:SourceAccount": account } } }),
      },
    ],
  };
}
