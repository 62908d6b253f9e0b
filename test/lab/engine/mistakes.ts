// Loaded before the program: a mistake for each family of rules, which no stack file can make.
import * as aws from "@pulumi/aws";
import { runtime, secret } from "@pulumi/pulumi";

interface Deployment {
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly object[] } } };
}

interface VirtualService {
  readonly spec: object;
}

interface Service {
  readonly metadata: { readonly annotations: object };
}

/** Another image tomorrow, and a number where text belongs: a secret one, which no finding may print. */
function untagged(deployment: Deployment): Deployment {
  const { spec } = deployment;
  const env = [{ name: "PIN", value: secret(314159) }];
  const containers = spec.template.spec.containers.map((container) => ({ ...container, image: "nginx", env }));
  return {
    ...deployment,
    spec: { ...spec, template: { ...spec.template, spec: { ...spec.template.spec, containers } } },
  };
}

/** A Gateway that doesn't exist. */
function misdirected(route: VirtualService): VirtualService {
  return { ...route, spec: { ...route.spec, gateways: ["istio-ingress/wildcards"] } };
}

/** PROXY protocol, of which the gateway knows nothing. */
function proxied(service: Service): Service {
  const { metadata } = service;
  const annotations = {
    ...metadata.annotations,
    [`${loadBalancer}-proxy-protocol`]: "*",
    [`${loadBalancer}-healthcheck-protocol`]: "tcp",
  };
  return { ...service, metadata: { ...metadata, annotations } };
}

const loadBalancer = "service.beta.kubernetes.io/aws-load-balancer";

runtime.registerStackTransformation(({ type, name, props, opts }) => {
  const resource = `${type.split(":").at(-1) ?? ""} ${name}`;
  if (/^Deployment .*-app-details-v1$/.test(resource)) return { props: untagged(props as Deployment), opts };
  if (/^VirtualService .*-app-membership-ingress$/.test(resource))
    return { props: misdirected(props as VirtualService), opts };
  if (/^Service .*-istio-ingress\/istio-ingress$/.test(resource)) return { props: proxied(props as Service), opts };
  return undefined;
});

new aws.vpc.SecurityGroupIngressRule(
  "bastion",
  {
    securityGroupId: "sg-0bastion",
    description: "SSH for everybody",
    cidrIpv4: "0.0.0.0/0",
    ipProtocol: "tcp",
    fromPort: 22,
    toPort: 22,
  },
  { provider: new aws.Provider("mistakes", { region: "ap-northeast-2" }) },
);
