import assert from "node:assert/strict";
import { loadBalancerController } from "../../../components/manifests/charts/load-balancer-controller";

const matchLabels = { "app.kubernetes.io/name": "aws-load-balancer-controller" };

describe("the values of the load balancer controller's chart", () => {
  it("keep it from breaking Services and pods, and from asking instance metadata", () => {
    const args = {
      clusterName: "shop",
      region: "eu-west-1",
      vpcId: "vpc-1",
      serviceAccount: "controller",
      tags: { team: "platform" },
    };
    assert.deepEqual(loadBalancerController(args).values, {
      clusterName: "shop",
      region: "eu-west-1",
      vpcId: "vpc-1",
      serviceAccount: { create: true, name: "controller" },
      replicaCount: 2,
      podDisruptionBudget: { maxUnavailable: 1 },
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: "topology.kubernetes.io/zone",
          whenUnsatisfiable: "ScheduleAnyway",
          labelSelector: { matchLabels },
        },
        {
          maxSkew: 1,
          topologyKey: "kubernetes.io/hostname",
          whenUnsatisfiable: "ScheduleAnyway",
          labelSelector: { matchLabels },
        },
      ],
      resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
      defaultTargetType: "ip",
      defaultTags: { team: "platform" },
      enableServiceMutatorWebhook: false,
      podMutatorWebhookConfig: { failurePolicy: "Fail" },
      keepTLSSecret: true,
      createIngressClassResource: false,
      ingressClassParams: { create: false },
      enableShield: false,
      enableWaf: false,
      enableWafv2: false,
    });
  });
});
