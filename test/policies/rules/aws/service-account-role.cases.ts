import { unknown } from "../../../../policies/engine/value";
import { serviceAccountRole } from "../../../../policies/rules/aws/service-account-role";
import { cases } from "../../cases";
import type { Loose, StackDraft } from "../../stack";

const key = "eks.amazonaws.com/role-arn";
const role = "arn:aws:iam::123456789012:role/shop";

function account(stack: StackDraft, arn: unknown = role): void {
  stack.add({
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name: "shop", namespace: "bookinfo", annotations: { [key]: arn } },
  } as Loose);
}

const provider = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";

function told(subject: string, cluster = "eks Cluster eks-istio-dev"): string {
  return `${subject}: asks for an AWS role by its token, but ${cluster} has no OIDC provider in IAM here: its pods get no credentials. Take the annotation out and add a Pod Identity association; or make the provider (createOidcProvider of eks.Cluster).`;
}

export default cases(serviceAccountRole, {
  breaks: {
    "a role of a ServiceAccount, in a plan": {
      change: account,
      finds: [told("ServiceAccount bookinfo/shop")],
    },
    "a role of a ServiceAccount, in the engine": {
      change: (stack) => {
        stack.openCluster();
        account(stack);
      },
      finds: [told("ServiceAccount bookinfo/shop", "eks Cluster eks-istio-dev-eksCluster")],
    },
    "a role that the stack has yet to make": {
      change: (stack) => account(stack, unknown),
      finds: [told("ServiceAccount bookinfo/shop")],
    },
    "a role of a chart's ServiceAccount": {
      change: (stack) => (stack.values("aws-load-balancer-controller").serviceAccount.annotations = { [key]: role }),
      finds: [told("Release kube-system/aws-load-balancer-controller")],
    },
  },
  keeps: {
    "a provider in the stack": (stack) => {
      account(stack);
      stack.addResource(provider, "own", { url: "https://oidc.eks.eu-west-1.amazonaws.com/id/1" });
    },
    "a provider that eks.Cluster makes": (stack) => {
      account(stack);
      stack.resource("eks:index:Cluster").createOidcProvider = true;
    },
    "a cluster that others make": (stack) => {
      account(stack);
      stack.remove("eks:index:Cluster");
    },
  },
});
