import { vpcDns } from "../../../../policies/rules/aws/vpc-dns";
import { cases } from "../../cases";

const type = "aws:ec2/vpc:Vpc";
const label = "ec2 Vpc eks-istio-dev-network-vpc";

export default cases(vpcDns, {
  breaks: {
    "no DNS": {
      change: (stack) => (stack.resource(type).enableDnsSupport = false),
      finds: [
        `${label}: has no DNS, so nodes don't find the cluster's private endpoint and never join. Set enableDnsSupport to true.`,
      ],
    },
    "no host names, with the cluster as the engine shows it": {
      change: (stack) => {
        stack.openCluster();
        stack.resource(type).enableDnsHostnames = false;
      },
      finds: [
        `${label}: has no DNS host names, so nodes don't find the cluster's private endpoint and never join. Set enableDnsHostnames to true.`,
      ],
    },
    "nothing said about host names": {
      change: (stack) => delete stack.resource(type).enableDnsHostnames,
      finds: [
        `${label}: has no DNS host names, so nodes don't find the cluster's private endpoint and never join. Set enableDnsHostnames to true.`,
      ],
    },
  },
  keeps: {
    "DNS as AWS turns it on by itself": (stack) => delete stack.resource(type).enableDnsSupport,
    "a VPC without a cluster": (stack) => stack.addResource(type, "other", { cidrBlock: "10.9.0.0/16" }),
  },
});
