/** Where a property of a resource ends up: a member of the creating operation, of another one, or nowhere. */
export type Target = string | { readonly because: string };

/** How Pulumi's provider makes a resource. */
export interface Creation {
  /** `SERVICE:OPERATION`, as botocore's service models name them. */
  readonly operation: string;
  /**
   * Properties to members: `blockDeviceMappings[].ebs.volumeSize` to `LaunchTemplateData.BlockDeviceMappings[].Ebs.VolumeSize`.
   * `*` stands for any key. A member of another operation stands behind its name and a blank.
   */
  readonly properties: Readonly<Record<string, Target>>;
  /** The member that gets the resource's own name and eight characters, where no property names it. */
  readonly named?: string;
  /** Required members that the provider fills in by itself, and from what. */
  readonly filled?: Readonly<Record<string, string>>;
}

const tags: Target = { because: "tags are held against rules of their own, as services differ" };
const provider: Target = { because: "the provider's own: AWS never sees it" };
const ours: Target = { because: "@pulumi/eks' own: AWS never sees it" };

/** Every AWS resource of this project. A type that is missing here fails the test. */
export const creations: Readonly<Record<string, Creation>> = {
  "aws:acm/certificate:Certificate": {
    operation: "acm:RequestCertificate",
    properties: {
      domainName: "DomainName",
      "subjectAlternativeNames[]": "SubjectAlternativeNames[]",
      validationMethod: "ValidationMethod",
      tags,
    },
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    operation: "logs:CreateLogGroup",
    properties: { name: "logGroupName", retentionInDays: "logs:PutRetentionPolicy retentionInDays", tags },
    named: "logGroupName",
  },
  "aws:ec2/eip:Eip": { operation: "ec2:AllocateAddress", properties: { domain: "Domain", tags } },
  "aws:ec2/flowLog:FlowLog": {
    operation: "ec2:CreateFlowLogs",
    properties: {
      iamRoleArn: "DeliverLogsPermissionArn",
      logDestination: "LogDestination",
      trafficType: "TrafficType",
      vpcId: "ResourceIds[]",
      tags,
    },
    filled: { ResourceIds: "vpcId", ResourceType: "the kind of id that is given" },
  },
  "aws:ec2/internetGateway:InternetGateway": {
    operation: "ec2:CreateInternetGateway",
    properties: { vpcId: "ec2:AttachInternetGateway VpcId", tags },
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    operation: "ec2:CreateLaunchTemplate",
    properties: {
      "blockDeviceMappings[].deviceName": "LaunchTemplateData.BlockDeviceMappings[].DeviceName",
      "blockDeviceMappings[].ebs.deleteOnTermination":
        "LaunchTemplateData.BlockDeviceMappings[].Ebs.DeleteOnTermination",
      "blockDeviceMappings[].ebs.encrypted": "LaunchTemplateData.BlockDeviceMappings[].Ebs.Encrypted",
      "blockDeviceMappings[].ebs.volumeSize": "LaunchTemplateData.BlockDeviceMappings[].Ebs.VolumeSize",
      "blockDeviceMappings[].ebs.volumeType": "LaunchTemplateData.BlockDeviceMappings[].Ebs.VolumeType",
      "metadataOptions.httpEndpoint": "LaunchTemplateData.MetadataOptions.HttpEndpoint",
      "metadataOptions.httpPutResponseHopLimit": "LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit",
      "metadataOptions.httpTokens": "LaunchTemplateData.MetadataOptions.HttpTokens",
      "tagSpecifications[].resourceType": "LaunchTemplateData.TagSpecifications[].ResourceType",
      "tagSpecifications[].tags": tags,
      updateDefaultVersion: provider,
      tags,
    },
    named: "LaunchTemplateName",
    filled: { LaunchTemplateData: "all of it" },
  },
  "aws:ec2/natGateway:NatGateway": {
    operation: "ec2:CreateNatGateway",
    properties: { allocationId: "AllocationId", subnetId: "SubnetId", tags },
  },
  "aws:ec2/route:Route": {
    operation: "ec2:CreateRoute",
    properties: {
      destinationCidrBlock: "DestinationCidrBlock",
      destinationIpv6CidrBlock: "DestinationIpv6CidrBlock",
      gatewayId: "GatewayId",
      natGatewayId: "NatGatewayId",
      routeTableId: "RouteTableId",
    },
  },
  "aws:ec2/routeTable:RouteTable": { operation: "ec2:CreateRouteTable", properties: { vpcId: "VpcId", tags } },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    operation: "ec2:AssociateRouteTable",
    properties: { routeTableId: "RouteTableId", subnetId: "SubnetId" },
  },
  "aws:ec2/subnet:Subnet": {
    operation: "ec2:CreateSubnet",
    properties: {
      availabilityZone: "AvailabilityZone",
      availabilityZoneId: "AvailabilityZoneId",
      cidrBlock: "CidrBlock",
      ipv6CidrBlock: "Ipv6CidrBlock",
      mapPublicIpOnLaunch: "ec2:ModifySubnetAttribute MapPublicIpOnLaunch.Value",
      vpcId: "VpcId",
      tags,
    },
  },
  "aws:ec2/vpc:Vpc": {
    operation: "ec2:CreateVpc",
    properties: {
      assignGeneratedIpv6CidrBlock: "AmazonProvidedIpv6CidrBlock",
      cidrBlock: "CidrBlock",
      enableDnsHostnames: "ec2:ModifyVpcAttribute EnableDnsHostnames.Value",
      enableDnsSupport: "ec2:ModifyVpcAttribute EnableDnsSupport.Value",
      tags,
    },
  },
  "aws:eks/addon:Addon": {
    operation: "eks:CreateAddon",
    properties: {
      addonName: "addonName",
      addonVersion: "addonVersion",
      clusterName: "clusterName",
      resolveConflictsOnCreate: "resolveConflicts",
      resolveConflictsOnUpdate: "eks:UpdateAddon resolveConflicts",
    },
  },
  "aws:eks/nodeGroup:NodeGroup": {
    operation: "eks:CreateNodegroup",
    properties: {
      amiType: "amiType",
      capacityType: "capacityType",
      clusterName: "clusterName",
      "instanceTypes[]": "instanceTypes[]",
      labels: "labels",
      "launchTemplate.id": "launchTemplate.id",
      "launchTemplate.version": "launchTemplate.version",
      nodeRoleArn: "nodeRole",
      releaseVersion: "releaseVersion",
      "scalingConfig.desiredSize": "scalingConfig.desiredSize",
      "scalingConfig.maxSize": "scalingConfig.maxSize",
      "scalingConfig.minSize": "scalingConfig.minSize",
      subnetIds: "subnets",
      "subnetIds[]": "subnets[]",
      "taints[].effect": "taints[].effect",
      "taints[].key": "taints[].key",
      "taints[].value": "taints[].value",
      "updateConfig.maxUnavailablePercentage": "updateConfig.maxUnavailablePercentage",
      version: "version",
      tags,
    },
    named: "nodegroupName",
  },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    operation: "eks:CreatePodIdentityAssociation",
    properties: {
      clusterName: "clusterName",
      namespace: "namespace",
      roleArn: "roleArn",
      serviceAccount: "serviceAccount",
      tags,
    },
  },
  "aws:iam/role:Role": {
    operation: "iam:CreateRole",
    properties: { assumeRolePolicy: "AssumeRolePolicyDocument", description: "Description", tags },
    named: "RoleName",
  },
  "aws:iam/rolePolicy:RolePolicy": {
    operation: "iam:PutRolePolicy",
    properties: { policy: "PolicyDocument", role: "RoleName" },
    named: "PolicyName",
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    operation: "iam:AttachRolePolicy",
    properties: { policyArn: "PolicyArn", role: "RoleName" },
  },
  "aws:kms/key:Key": {
    operation: "kms:CreateKey",
    properties: {
      deletionWindowInDays: "kms:ScheduleKeyDeletion PendingWindowInDays",
      description: "Description",
      enableKeyRotation: { because: "EnableKeyRotation takes the key's id alone" },
      tags,
    },
  },
  "aws:route53/record:Record": {
    operation: "route53:ChangeResourceRecordSets",
    properties: {
      "aliases[].evaluateTargetHealth": "ChangeBatch.Changes[].ResourceRecordSet.AliasTarget.EvaluateTargetHealth",
      "aliases[].name": "ChangeBatch.Changes[].ResourceRecordSet.AliasTarget.DNSName",
      "aliases[].zoneId": "ChangeBatch.Changes[].ResourceRecordSet.AliasTarget.HostedZoneId",
      allowOverwrite: provider,
      name: "ChangeBatch.Changes[].ResourceRecordSet.Name",
      "records[]": "ChangeBatch.Changes[].ResourceRecordSet.ResourceRecords[].Value",
      ttl: "ChangeBatch.Changes[].ResourceRecordSet.TTL",
      type: "ChangeBatch.Changes[].ResourceRecordSet.Type",
      zoneId: "HostedZoneId",
    },
    filled: { ChangeBatch: "all of it" },
  },
  "aws:route53/zone:Zone": {
    operation: "route53:CreateHostedZone",
    properties: { comment: "HostedZoneConfig.Comment", name: "Name", tags },
    filled: { CallerReference: "a random text" },
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    operation: "ec2:AuthorizeSecurityGroupIngress",
    properties: {
      cidrIpv4: "IpPermissions[].IpRanges[].CidrIp",
      description: "IpPermissions[].IpRanges[].Description",
      fromPort: "IpPermissions[].FromPort",
      ipProtocol: "IpPermissions[].IpProtocol",
      referencedSecurityGroupId: "IpPermissions[].UserIdGroupPairs[].GroupId",
      securityGroupId: "GroupId",
      toPort: "IpPermissions[].ToPort",
      tags,
    },
  },
  "eks:index:Cluster": {
    operation: "eks:CreateCluster",
    properties: {
      "accessEntries.*.principalArn": "eks:CreateAccessEntry principalArn",
      "accessEntries.*.accessPolicies.*.policyArn": "eks:AssociateAccessPolicy policyArn",
      "accessEntries.*.accessPolicies.*.accessScope.type": "eks:AssociateAccessPolicy accessScope.type",
      "accessEntries.*.accessPolicies.*.accessScope.namespaces[]": "eks:AssociateAccessPolicy accessScope.namespaces[]",
      authenticationMode: "accessConfig.authenticationMode",
      "corednsAddonOptions.enabled": ours,
      "corednsAddonOptions.resolveConflictsOnCreate": "eks:CreateAddon resolveConflicts",
      "corednsAddonOptions.resolveConflictsOnUpdate": "eks:UpdateAddon resolveConflicts",
      createOidcProvider: ours,
      deletionProtection: "deletionProtection",
      "enabledClusterLogTypes[]": "logging.clusterLogging[].types[]",
      encryptionConfigKeyArn: "encryptionConfig[].provider.keyArn",
      endpointPrivateAccess: "resourcesVpcConfig.endpointPrivateAccess",
      endpointPublicAccess: "resourcesVpcConfig.endpointPublicAccess",
      "kubeProxyAddonOptions.resolveConflictsOnCreate": "eks:CreateAddon resolveConflicts",
      "kubeProxyAddonOptions.resolveConflictsOnUpdate": "eks:UpdateAddon resolveConflicts",
      "kubeProxyAddonOptions.version": "eks:CreateAddon addonVersion",
      name: "name",
      "providerCredentialOpts.profileName": ours,
      "providerCredentialOpts.roleArn": ours,
      "publicAccessCidrs[]": "resourcesVpcConfig.publicAccessCidrs[]",
      skipDefaultNodeGroup: ours,
      skipDefaultSecurityGroups: ours,
      subnetIds: "resourcesVpcConfig.subnetIds",
      "subnetIds[]": "resourcesVpcConfig.subnetIds[]",
      version: "version",
      "vpcCniOptions.addonVersion": "eks:CreateAddon addonVersion",
      "vpcCniOptions.enableNetworkPolicy": { because: "@pulumi/eks writes it into the add-on's configurationValues" },
      "vpcCniOptions.resolveConflictsOnCreate": "eks:CreateAddon resolveConflicts",
      "vpcCniOptions.resolveConflictsOnUpdate": "eks:UpdateAddon resolveConflicts",
      vpcId: ours,
    },
    filled: { roleArn: "a role that @pulumi/eks makes", resourcesVpcConfig: "subnets, endpoints and ranges" },
  },
};

/** Types that ask AWS for nothing of their own. */
export const withoutOperation: Readonly<Record<string, string>> = {
  "aws:acm/certificateValidation:CertificateValidation": "it waits, and creates nothing",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": "it takes over what the VPC brings, and takes its rules away",
};

/** The operation and member of a target, or undefined for what AWS never sees. */
export function memberOf(creation: Creation, target: Target): { operation: string; path: string } | undefined {
  if (typeof target !== "string") return undefined;
  const [first = "", second] = target.split(" ");
  return second === undefined ? { operation: creation.operation, path: first } : { operation: first, path: second };
}
