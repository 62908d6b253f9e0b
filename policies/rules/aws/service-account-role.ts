import type { Inventory } from "../../engine/inventory";
import { releases } from "../../facts/charts/releases";
import type { Rule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { clustersOf } from "../../facts/aws/clusters";

/** Roles that ServiceAccounts name are ones that AWS gives to the cluster's tokens. */
export const serviceAccountRole: Rule = {
  id: "AWS-SERVICE-ACCOUNT-ROLE",
  // Another stack may make the provider.
  severity: "advisory",
  title: "where ServiceAccounts name AWS roles, IAM knows the cluster's OIDC provider",
  why: "IAM trusts the tokens of a cluster whose OIDC provider it knows: without it AWS refuses each of them, and the pods get no credentials.",
  fix: "Give the role by a Pod Identity association instead, or make the provider.",
  codes: [],
  docs: "https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html",

  judge: (inventory, check) => {
    const clusters = clustersOf(inventory);
    const [cluster] = clusters;
    if (!cluster || inventory.ofType("aws:iam/openIdConnectProvider:OpenIdConnectProvider").length > 0) return;
    check.each(annotationsOf(inventory), (annotations) => {
      // A role of the stack's has an ARN that nobody knows yet.
      const [, role] = annotations.entries().find(([key]) => key === "eks.amazonaws.com/role-arn") ?? [];
      if (!role || !(role.isUnknown || role.exists)) return;
      if (!clusters.every(({ data }) => hasNoProvider(data.urn, inventory))) return;
      check.violation(role, {
        message: `asks for an AWS role by its token, but ${cluster.label} has no OIDC provider in IAM here: its pods get no credentials.`,
        fix: "Take the annotation out and add a Pod Identity association; or make the provider (createOidcProvider of eks.Cluster).",
      });
    });
  },
};

/** Annotations of ServiceAccounts, and of those that charts make. */
function annotationsOf(inventory: Inventory): Value[] {
  return [
    ...inventory.objects("ServiceAccount").map((account) => account.annotations),
    ...releases(inventory).map((release) => release.values.get("serviceAccount", "annotations")),
  ];
}

/** Whether a cluster that `eks.Cluster` makes was told to have none. Throws if that is unknown. */
function hasNoProvider(urn: string | undefined, inventory: Inventory): boolean {
  const cluster = inventory.withUrn(urn ?? "");
  const component = cluster?.type === "eks:index:Cluster" ? cluster : undefined;
  // What isn't asked for, the component decides.
  return !component || component.get("createOidcProvider").boolean() === false;
}
