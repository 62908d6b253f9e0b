import { createHash } from "node:crypto";
import type * as pulumi from "@pulumi/pulumi";
import type { ClusterRef } from "../references";
import { policyOf } from "../settings/apps/aws-policy";
import type { AwsRights } from "../settings/apps/aws-rights";
import type { AppSettings } from "../settings/apps/schema";
import { longestRoleName } from "../settings/cluster/names";
import { PodIdentityRole } from "./pod-identity-role";

export interface AwsRightsArgs {
  readonly cluster: Pick<ClusterRef, "name" | "provider">;
  readonly apps: readonly AppSettings[];
}

/**
 * What applications may do in AWS: a role and an association for each ServiceAccount that has rights. They stand side by side
 * below the platform, and have the name of the ServiceAccount, so that an application may be renamed or leave others with its
 * rights behind.
 *
 * @returns what pods of an application wait for, by its key in the stack file
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
 */
export function makeAwsRights(
  name: string,
  { cluster, apps }: AwsRightsArgs,
  opts: pulumi.ComponentResourceOptions,
): ReadonlyMap<string, pulumi.Resource> {
  const made = new Map<string, PodIdentityRole>();
  const ready = new Map<string, pulumi.Resource>();
  for (const { name: key, namespace, pods, aws } of apps) {
    if (!aws) continue;
    const { serviceAccount } = pods;
    const roleName = awsRightsName(name, namespace, serviceAccount);
    const role =
      made.get(roleName) ??
      new PodIdentityRole(
        roleName,
        { clusterName: cluster.name, cluster: cluster.provider, namespace, serviceAccount, ...policiesOf(aws) },
        opts,
      );
    made.set(roleName, role);
    ready.set(key, role.ready);
  }
  return ready;
}

function policiesOf({ policies = [], statements }: AwsRights) {
  return {
    // Account and name: an account's own policy may be called as one of AWS's.
    managedPolicyArns: Object.fromEntries(policies.map((arn) => [arn.split(":").slice(4).join("-"), arn])),
    ...(statements && { policy: policyOf(statements) }),
  };
}

/**
 * The Pulumi name of a ServiceAccount's role, with which its name in AWS begins. One that is too long ends in a digest
 * instead, which depends on nothing else.
 *
 * @example awsRightsName("shop", "pay", "checkout") // "shop-aws-pay.checkout"
 */
export function awsRightsName(platform: string, namespace: string, serviceAccount: string): string {
  // A dot, which neither has, tells the two apart.
  const name = `${platform}-aws-${namespace}.${serviceAccount}`;
  if (name.length <= longestRoleName) return name;
  const digest = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${name.slice(0, longestRoleName - digest.length - 1)}-${digest}`;
}
