import { declaredArguments } from "./aws-arguments";
import { at, text, type Properties, type ResourceType } from "./resource-type";

const region = "ap-northeast-2";
const account = "123456789012";

/** A certificate authority and an endpoint, as EKS gives them. */
export const controlPlane = {
  endpoint: `https://0A1B2C3D.gr7.${region}.eks.amazonaws.com`,
  certificateAuthority: { data: "TEFCLUNB" },
};

function arn(service: string, resource: string, place = region): string {
  return `arn:aws:${service}:${place}:${account}:${resource}`;
}

/** Part of EC2: a random id with a prefix, and an ARN. */
function ec2(
  prefix: string,
  kind: string,
  more: Omit<ResourceType, "id" | "outputs"> = {},
  outputs: Properties = {},
): ResourceType {
  return {
    ...more,
    id: (_, random) => `${prefix}-${random}`,
    outputs: (_, id) => ({ arn: arn("ec2", `${kind}/${id}`), ownerId: account, ...outputs }),
  };
}

/** Something of a cluster: its id is the cluster's name and its own. */
function ofCluster(key: string, more: Omit<ResourceType, "id"> = {}): ResourceType {
  return {
    ...more,
    immutable: ["clusterName", key, ...(more.immutable ?? [])],
    id: (inputs) => `${text(inputs, "clusterName")}:${text(inputs, key)}`,
    needs: [
      {
        on: ["create"],
        met: (type) => type === "aws:eks/cluster:Cluster",
        otherwise: "ResourceNotFoundException: No cluster found",
      },
    ],
  };
}

/** What a provider knows of a type of AWS. */
export function awsType(type: string): ResourceType | undefined {
  const known = types[type];
  return known && { ...known, ...declaredArguments(type) };
}

/** The AWS types that the program makes. */
const types: Readonly<Record<string, ResourceType>> = {
  "aws:route53/zone:Zone": {
    immutable: ["name"],
    id: (_, random) => `Z${random.toUpperCase()}`,
    outputs: (_, id) => ({
      zoneId: id,
      nameServers: ["ns-1.awsdns-01.com", "ns-2.awsdns-02.net", "ns-3.awsdns-03.org", "ns-4.awsdns-04.co.uk"],
    }),
    heldBy: ["aws:route53/record:Record"],
  },
  "aws:route53/record:Record": {
    immutable: ["zoneId", "name", "type"],
    id: (inputs) => `${text(inputs, "zoneId")}_${text(inputs, "name")}_${text(inputs, "type")}`,
    outputs: ({ name }) => ({ fqdn: name }),
  },
  "aws:acm/certificate:Certificate": {
    immutable: ["domainName", "subjectAlternativeNames", "validationMethod"],
    id: (_, random) => arn("acm", `certificate/${random}`),
    outputs: (inputs, id) => ({ arn: id, domainValidationOptions: validationOptions(inputs) }),
    heldBy: ["kubernetes:core/v1:Service"],
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    immutable: ["certificateArn", "validationRecordFqdns"],
    // It only waits.
    again: true,
    id: (inputs) => `issued ${text(inputs, "certificateArn")}`,
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    autonamed: "name",
    immutable: ["name"],
    longest: { name: 512 },
    id: (inputs) => text(inputs, "name"),
    outputs: (inputs) => ({ arn: arn("logs", `log-group:${text(inputs, "name")}`) }),
  },
  "aws:kms/key:Key": {
    immutable: ["keyUsage", "customerMasterKeySpec"],
    id: (_, random) => `${random}-key`,
    outputs: (_, id) => ({ keyId: id, arn: arn("kms", `key/${id}`) }),
  },
  "aws:iam/role:Role": {
    autonamed: "name",
    longest: { name: 64, description: 1000 },
    immutable: ["name", "path"],
    id: (inputs) => text(inputs, "name"),
    outputs: (inputs) => ({ arn: arn("iam", `role/${text(inputs, "name")}`, "") }),
    heldBy: ["aws:iam/rolePolicy:RolePolicy", "aws:iam/rolePolicyAttachment:RolePolicyAttachment"],
  },
  "aws:iam/rolePolicy:RolePolicy": {
    autonamed: "name",
    longest: { name: 128 },
    immutable: ["name", "role"],
    id: (inputs) => `${text(inputs, "role")}:${text(inputs, "name")}`,
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    immutable: ["role", "policyArn"],
    id: (inputs) => `${text(inputs, "role")}/${text(inputs, "policyArn")}`,
  },
  "aws:ec2/vpc:Vpc": ec2(
    "vpc",
    "vpc",
    {
      immutable: ["cidrBlock", "instanceTenancy"],
      heldBy: ["aws:ec2/subnet:Subnet", "aws:ec2/internetGateway:InternetGateway", "aws:ec2/routeTable:RouteTable"],
    },
    { ipv6CidrBlock: "2600:1f14:aa:bb00::/56", defaultSecurityGroupId: "sg-0default", ownerId: "123456789012" },
  ),
  "aws:ec2/subnet:Subnet": ec2("subnet", "subnet", {
    immutable: ["vpcId", "cidrBlock", "availabilityZone"],
    heldBy: ["aws:ec2/natGateway:NatGateway", "aws:eks/nodeGroup:NodeGroup", "aws:eks/cluster:Cluster"],
  }),
  "aws:ec2/internetGateway:InternetGateway": ec2("igw", "internet-gateway"),
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ec2("sg", "security-group", { immutable: ["vpcId"] }),
  "aws:ec2/routeTable:RouteTable": ec2("rtb", "route-table", {
    immutable: ["vpcId"],
    heldBy: ["aws:ec2/routeTableAssociation:RouteTableAssociation"],
  }),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    immutable: ["subnetId"],
    unique: ["subnetId"],
    id: (_, random) => `rtbassoc-${random}`,
    importId: (inputs) => `${text(inputs, "subnetId")}/${text(inputs, "routeTableId")}`,
  },
  "aws:ec2/route:Route": {
    immutable: ["routeTableId", "destinationCidrBlock"],
    id: (inputs) =>
      `r-${text(inputs, "routeTableId")}${text(inputs, "destinationCidrBlock")}${text(inputs, "destinationIpv6CidrBlock")}`,
    importId: (inputs) =>
      `${text(inputs, "routeTableId")}_${text(inputs, "destinationCidrBlock")}${text(inputs, "destinationIpv6CidrBlock")}`,
  },
  "aws:ec2/eip:Eip": ec2(
    "eipalloc",
    "elastic-ip",
    { heldBy: ["aws:ec2/natGateway:NatGateway"] },
    { publicIp: "198.51.100.7" },
  ),
  "aws:ec2/natGateway:NatGateway": ec2("nat", "natgateway", {
    immutable: ["subnetId", "allocationId"],
  }),
  "aws:ec2/flowLog:FlowLog": ec2("fl", "vpc-flow-log", {
    immutable: ["vpcId", "trafficType", "logDestination", "iamRoleArn"],
  }),
  "aws:ec2/launchTemplate:LaunchTemplate": ec2(
    "lt",
    "launch-template",
    {
      autonamed: "name",
      longest: { name: 128 },
      immutable: ["name"],
      unique: ["name"],
      updated: ({ latestVersion }) => ({ latestVersion: Number(latestVersion) + 1 }),
    },
    { latestVersion: 1 },
  ),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    immutable: ["securityGroupId"],
    // EC2 takes one rule for each source and port.
    unique: ["securityGroupId", "fromPort", "cidrIpv4", "referencedSecurityGroupId"],
    id: (_, random) => `sgr-${random}`,
    outputs: (_, id) => ({ arn: arn("ec2", `security-group-rule/${id}`), securityGroupRuleId: id }),
  },
  "aws:eks/cluster:Cluster": {
    autonamed: "name",
    longest: { name: 100 },
    immutable: ["name", "roleArn", "kubernetesNetworkConfig"],
    id: (inputs) => text(inputs, "name"),
    outputs: (inputs, id) => ({
      ...controlPlane,
      arn: arn("eks", `cluster/${id}`),
      status: "ACTIVE",
      vpcConfig: { ...(at(inputs, "vpcConfig") as Properties), clusterSecurityGroupId: "sg-0cluster" },
    }),
    updated: ({ endpoint, certificateAuthority }) => ({ endpoint, certificateAuthority }),
    heldBy: ["aws:eks/nodeGroup:NodeGroup"],
  },
  "aws:eks/nodeGroup:NodeGroup": ofCluster("nodeGroupName", {
    autonamed: "nodeGroupName",
    longest: { nodeGroupName: 63 },
    immutable: ["nodeRoleArn", "subnetIds", "instanceTypes", "amiType", "capacityType", "diskSize"],
    outputs: (inputs, id) => ({
      arn: arn("eks", `nodegroup/${id}`),
      status: "ACTIVE",
      releaseVersion: `${text(inputs, "version")}-20260101`,
    }),
  }),
  "aws:eks/addon:Addon": ofCluster("addonName", { outputs: (_, id) => ({ arn: arn("eks", `addon/${id}`) }) }),
  "aws:eks/accessEntry:AccessEntry": ofCluster("principalArn", {
    outputs: (_, id) => ({ accessEntryArn: arn("eks", `access-entry/${id}`) }),
  }),
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
    ...ofCluster("principalArn"),
    id: (inputs) => ["clusterName", "principalArn", "policyArn"].map((key) => text(inputs, key)).join("#"),
  },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    ...ofCluster("serviceAccount"),
    unique: ["clusterName", "namespace", "serviceAccount"],
    id: (_, random) => `a-${random}`,
    importId: (inputs, id) => `${text(inputs, "clusterName")},${id}`,
    outputs: (_, id) => ({ associationId: id }),
  },
};

/** ACM asks for the same record for a wildcard and for the name behind it. */
function validationOptions({ domainName, subjectAlternativeNames = [] }: Properties): Properties[] {
  const others: readonly unknown[] = Array.isArray(subjectAlternativeNames) ? subjectAlternativeNames : [];
  return [domainName, ...others].map(String).map((name) => {
    const base = name.replace("*.", "");
    return {
      domainName: name,
      resourceRecordName: `_challenge.${base}.`,
      resourceRecordType: "CNAME",
      resourceRecordValue: `_answer.${base}.acm-validations.aws.`,
    };
  });
}

/** What AWS answers to the functions that the program calls. */
export const awsFunctions: Readonly<Record<string, Properties>> = {
  "aws:route53/getZone:getZone": { zoneId: "Z0LOOKEDUP", name: "lab.internal", nameServers: [] },
  "aws:lb/getHostedZoneId:getHostedZoneId": { id: "ZIBE1TIR4HY56" },
};
