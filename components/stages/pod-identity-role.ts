import * as aws from "@pulumi/aws";
import type { PolicyDocument } from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";
import { podIdentityTrust } from "../manifests/aws/iam";
import { Stage } from "./stage";

export interface PodIdentityRoleArgs {
  readonly clusterName: string;
  /** The cluster, or whatever must exist before it takes an association. */
  readonly cluster: pulumi.Resource;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** A policy of our own. */
  readonly policy?: PolicyDocument;
  /** ARNs of managed policies, by a short name that is part of the attachment's identity. */
  readonly managedPolicyArns?: Readonly<Record<string, pulumi.Input<string>>>;
}

/**
 * AWS permissions for the pods of one service account, by EKS Pod Identity: no OIDC provider, no annotation, and a
 * trust that names cluster, namespace and service account.
 *
 * Credentials come when a pod is created, so what runs the pods must wait for `ready`.
 *
 * @example
 * ```ts
 * const role = new PodIdentityRole("shop-reports", {
 *   clusterName: "shop", cluster, namespace: "reports", serviceAccount: "reports",
 *   managedPolicyArns: { s3: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess" },
 * });
 * ```
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
 */
export class PodIdentityRole extends Stage {
  readonly roleArn: pulumi.Output<string>;
  /** The association, made after the role has its policies. */
  readonly ready: pulumi.Resource;

  constructor(name: string, args: PodIdentityRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("PodIdentityRole", name, opts);
    const { clusterName, namespace, serviceAccount } = args;
    const role = new aws.iam.Role(
      name,
      {
        assumeRolePolicy: podIdentityTrust(clusterName, namespace, serviceAccount),
        description: `Pods of ${namespace}/${serviceAccount} in the EKS cluster ${clusterName}`,
        tags: { Name: name },
      },
      { parent: this },
    );
    const policies = this.policies(name, role, args);
    const association = new aws.eks.PodIdentityAssociation(
      name,
      { clusterName, namespace, serviceAccount, roleArn: role.arn, tags: { Name: name } },
      { parent: this, dependsOn: [args.cluster, ...policies] },
    );
    this.roleArn = role.arn;
    this.ready = association;
    this.registerOutputs({ roleArn: this.roleArn });
  }

  private policies(
    name: string,
    role: aws.iam.Role,
    { policy, managedPolicyArns = {} }: PodIdentityRoleArgs,
  ): pulumi.Resource[] {
    const own = policy ? [new aws.iam.RolePolicy(name, { role: role.id, policy }, { parent: this })] : [];
    const managed = Object.entries(managedPolicyArns).map(
      ([key, policyArn]) =>
        new aws.iam.RolePolicyAttachment(`${name}-${key}`, { role: role.name, policyArn }, { parent: this }),
    );
    return [...own, ...managed];
  }
}
