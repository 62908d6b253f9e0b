import type { Input } from "@pulumi/pulumi";
import { loadBalancerController as pinned } from "../../versions";
import { spreadOverZones } from "../kubernetes/spread";
import type { Chart } from "./chart";

export interface LoadBalancerControllerChartArgs {
  readonly clusterName: string;
  readonly region: string;
  /** Given, as nodes with a hop limit of 1 keep pods from asking the instance metadata. */
  readonly vpcId: Input<string>;
  readonly serviceAccount: string;
  /** Tags of every load balancer, target group and security group that it makes. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * The AWS Load Balancer Controller, for Network Load Balancers of Services and nothing else.
 *
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/helm/aws-load-balancer-controller/values.yaml
 */
export function loadBalancerController({
  clusterName,
  region,
  vpcId,
  serviceAccount,
  tags,
}: LoadBalancerControllerChartArgs) {
  return {
    ...pinned,
    release: "aws-load-balancer-controller",
    namespace: "kube-system",
    // It asks AWS for everything: without names, credentials or nodes it would only restart.
    after: ["nodes", "dns", "podIdentityAgent", "role"],
    values: {
      clusterName,
      region,
      vpcId,
      serviceAccount: { create: true, name: serviceAccount },
      replicaCount: 2,
      podDisruptionBudget: { maxUnavailable: 1 },
      topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/name": "aws-load-balancer-controller" }),
      resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
      defaultTargetType: "ip",
      defaultTags: tags,
      // Every Service in the cluster would fail to be created while the controller has no endpoints (aws-load-balancer-controller#4140).
      enableServiceMutatorWebhook: false,
      // Failing open, a pod could start without its readiness gate and take no traffic while its predecessor goes.
      podMutatorWebhookConfig: { failurePolicy: "Fail" },
      // A certificate of its own on every upgrade would restart the webhooks under whoever calls them.
      keepTLSSecret: true,
      createIngressClassResource: false,
      ingressClassParams: { create: false },
      enableShield: false,
      enableWaf: false,
      enableWafv2: false,
    },
  } satisfies Chart;
}
