import * as aws from "@pulumi/aws";
import type * as eks from "@pulumi/eks";
import type * as pulumi from "@pulumi/pulumi";

/** Ports that must be open between control plane and nodes, and among nodes. @see https://istio.io/latest/docs/ops/deployment/application-requirements/ */
const ports = {
  "istiod-webhook": { port: 15017, description: "Control plane to istiod: injection and validation webhooks" },
  "controller-webhook": { port: 9443, description: "Control plane to the AWS Load Balancer Controller: its webhooks" },
  "istiod-xds": { port: 15012, description: "Proxies to istiod: configuration and certificates" },
} as const;

/**
 * EKS's security group allows all within itself: rules for the mesh's ports keep it working where somebody removes
 * that. Nobody else reaches the API's private endpoint, not even from inside the VPC, unless a rule says so.
 *
 * @returns the rules by which the API's private endpoint is reached
 */
export function openPorts(
  parent: pulumi.Resource,
  name: string,
  cluster: eks.Cluster,
  privateAccessCidrs: readonly string[],
): readonly pulumi.Resource[] {
  const securityGroupId = cluster.eksCluster.vpcConfig.clusterSecurityGroupId;
  for (const [key, { port, description }] of Object.entries(ports)) {
    new aws.vpc.SecurityGroupIngressRule(
      `${name}-${key}`,
      {
        securityGroupId,
        referencedSecurityGroupId: securityGroupId,
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        description,
      },
      { parent },
    );
  }
  return privateAccessCidrs.map(
    (cidrIpv4) =>
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-api-${cidrIpv4}`,
        {
          securityGroupId,
          cidrIpv4,
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
          // Without an apostrophe: EC2 refuses it in a description (terraform-provider-aws#18874).
          description: `Private endpoint of the Kubernetes API, from ${cidrIpv4}`,
        },
        { parent },
      ),
  );
}
