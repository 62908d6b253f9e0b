/** Outputs of resources that differ from their inputs, by type. */
export type Outputs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

type Inputs = Readonly<Record<string, unknown>>;

/** The host name that the load balancer of a Service gets. */
export const loadBalancerHostname =
  "k8s-istioing-istioing-0a1b2c3d4e-5f6a7b8c9d0e1f2a.elb.ap-northeast-2.amazonaws.com";

/** The name servers of a created zone. */
export const nameServers = ["ns-1.awsdns-01.com", "ns-2.awsdns-02.net", "ns-3.awsdns-03.org", "ns-4.awsdns-04.co.uk"];

/** What `aws eks get-token` is wrapped in. */
export const kubeconfig = '{"apiVersion":"v1","kind":"Config"}';

/** What functions answer, by token. */
const functionResults: Outputs = {
  "aws:route53/getZone:getZone": { zoneId: "Z0LOOKEDUP", name: "example.com" },
  "aws:lb/getHostedZoneId:getHostedZoneId": { id: "ZIBE1TIR4HY56" },
};

export function functionResult(token: string): Record<string, unknown> {
  const result = functionResults[token];
  if (!result) throw new Error(`The tests' cloud has no function ${token}.`);
  return { ...result };
}

/** What AWS and Kubernetes say of a resource once it exists. */
export function outputsOf(
  type: string,
  name: string,
  inputs: Inputs,
  different: Outputs = {},
): Record<string, unknown> {
  if (type.startsWith("aws:"))
    return {
      arn: `arn:aws:test::123456789012:${name}`,
      name: `${name}-1a2b3c4`,
      ...inputs,
      ...answers[type]?.(inputs),
      ...different[type],
    };
  return { ...inputs, ...answers[type]?.(inputs), ...different[type] };
}

const answers: Readonly<Record<string, (inputs: Inputs) => Inputs>> = {
  "aws:ec2/vpc:Vpc": () => ({ ipv6CidrBlock: "2600:1f14:aa:bb00::/56", ownerId: "123456789012" }),
  "aws:ec2/launchTemplate:LaunchTemplate": () => ({ latestVersion: 3 }),
  "aws:acm/certificate:Certificate": ({ domainName, subjectAlternativeNames }) => ({
    arn: "arn:aws:acm:ap-northeast-2:123456789012:certificate/requested",
    domainValidationOptions: [domainName, ...(subjectAlternativeNames as readonly string[])].map((each) =>
      validationOption(String(each)),
    ),
  }),
  "aws:route53/zone:Zone": () => ({ zoneId: "Z0CREATED", nameServers }),
  "aws:route53/record:Record": ({ name }) => ({ fqdn: name }),
  "eks:index:Cluster": () => ({
    kubeconfigJson: kubeconfig,
    eksCluster: { vpcConfig: { clusterSecurityGroupId: "sg-0cluster" } },
  }),
  "kubernetes:core/v1:Service": () => ({ status: { loadBalancer: { ingress: [{ hostname: loadBalancerHostname }] } } }),
};

/** ACM asks for the same record for a wildcard and for the name behind it. */
function validationOption(domainName: string): Inputs {
  const base = domainName.replace("*.", "");
  return {
    domainName,
    resourceRecordName: `_challenge.${base}.`,
    resourceRecordType: "CNAME",
    resourceRecordValue: `_answer.${base}.acm-validations.aws.`,
  };
}
