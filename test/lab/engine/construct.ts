import * as grpc from "@grpc/grpc-js";
import { ConstructResponse, type ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { RegisterResourceRequest, type RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import { unknown } from "./checks";
import { filled, plain, struct } from "./messages";
import { packages } from "./packages";
import { at, text, type Properties } from "./resource-type";

interface Child {
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly inputs?: Properties;
  /** A component has no provider and no id. */
  readonly component?: boolean;
  /** What its inputs come from. */
  readonly dependencies?: readonly string[];
  /** What it waits for beside. */
  readonly after?: readonly string[];
  readonly ignoreChanges?: readonly string[];
}

/**
 * A stand-in for `eks.Cluster`: it registers the control plane with its role, the access entries, kube-proxy, vpc-cni
 * and a provider, under the names that the real one gives them, and answers when all of them are done.
 *
 * @param own the kubeconfig of the cluster, where that is real
 * @see https://github.com/pulumi/pulumi-eks/blob/master/nodejs/eks/cluster/cluster.ts
 */
export async function construct(request: ConstructRequest, own?: string): Promise<ConstructResponse> {
  if (request.getType() !== "eks:index:Cluster")
    throw new Error(`The lab's providers have no component ${request.getType()}: describe it in construct.ts.`);
  const monitor = new ResourceMonitorClient(request.getMonitorendpoint(), grpc.credentials.createInsecure(), {
    "grpc.max_receive_message_length": -1,
  });
  const register = (child: Child) => registered(monitor, request, child);
  try {
    const component = await register({
      type: request.getType(),
      name: request.getName(),
      parent: request.getParent(),
      component: true,
      dependencies: given(request),
      after: request.getDependenciesList(),
    });
    const { cluster, kubeconfig, children } = await controlPlane(register, request, component.getUrn(), own);
    return filled(new ConstructResponse(), (response) => {
      response.setUrn(component.getUrn());
      response.setState(struct({ kubeconfigJson: kubeconfig, eksCluster: cluster }));
      for (const key of ["kubeconfigJson", "eksCluster"]) {
        response.getStatedependenciesMap().set(
          key,
          filled(new ConstructResponse.PropertyDependencies(), (dependencies) => dependencies.setUrnsList(children)),
        );
      }
    });
  } finally {
    monitor.close();
  }
}

/** What the component's inputs come from. */
function given(request: ConstructRequest): string[] {
  return [...request.getInputdependenciesMap().entries()].flatMap(([, dependencies]) => dependencies.getUrnsList());
}

type Register = (child: Child) => Promise<RegisterResourceResponse>;

async function controlPlane(register: Register, request: ConstructRequest, parent: string, own?: string) {
  const name = request.getName();
  const inputs = plain(request.getInputs());
  const role = await serviceRole(register, `${name}-eksRole`, parent);
  const eks = await register({
    type: "aws:eks/cluster:Cluster",
    name: `${name}-eksCluster`,
    parent,
    inputs: clusterInputs(inputs, role.arn),
    dependencies: [...given(request), ...role.urns],
    ignoreChanges: ["accessConfig.bootstrapClusterCreatorAdminPermissions", "bootstrapSelfManagedAddons"],
  });
  // In a first preview the cluster has no id, and what it will say of itself is not known.
  const known = eks.getId() !== "";
  const cluster = known ? plain(eks.getObject()) : unknown;
  const kubeconfig = known ? (own ?? kubeconfigOf(cluster as Properties)) : unknown;
  const after = [eks.getUrn()];
  const addon = (key: string, version: string, owner: string, dependencies: readonly string[], own: Properties = {}) =>
    register({
      type: "aws:eks/addon:Addon",
      name: `${name}-${key}`,
      parent: owner,
      inputs: {
        clusterName: inputs.name,
        addonName: key,
        addonVersion: text(inputs, version),
        resolveConflictsOnCreate: "OVERWRITE",
        ...own,
      },
      dependencies,
    });

  const proxy = addon("kube-proxy", "kubeProxyAddonOptions.version", parent, after);
  const provider = register({
    type: "pulumi:providers:kubernetes",
    name: `${name}-eks-k8s`,
    parent,
    inputs: { kubeconfig },
    dependencies: after,
  });
  const cni = async (entries: readonly string[]) => {
    const component = await register({
      type: "eks:index:VpcCniAddon",
      name: `${name}-vpc-cni`,
      parent,
      component: true,
      dependencies: entries,
    });
    const { enableNetworkPolicy = false } = (inputs.vpcCniOptions ?? {}) as { readonly enableNetworkPolicy?: boolean };
    return addon("vpc-cni", "vpcCniOptions.addonVersion", component.getUrn(), [...after, ...entries], {
      configurationValues: JSON.stringify({ enableNetworkPolicy: String(enableNetworkPolicy) }),
    });
  };
  const { entries, policies } = await accessEntries(register, name, parent, inputs, after);
  const [addons] = await Promise.all([Promise.all([proxy, cni(entries)]), provider, policies]);
  return {
    cluster,
    kubeconfig,
    children: [...after, ...addons.map((each) => each.getUrn()), ...entries],
  };
}

async function serviceRole(register: Register, name: string, parent: string) {
  const component = await register({ type: "eks:index:ServiceRole", name, parent, component: true });
  const trust = {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: ["sts:AssumeRole", "sts:TagSession"], Principal: { Service: "eks.amazonaws.com" } },
    ],
  };
  const role = await register({
    type: "aws:iam/role:Role",
    name: `${name}-role`,
    parent: component.getUrn(),
    inputs: { assumeRolePolicy: JSON.stringify(trust), description: "Allows EKS to manage clusters on your behalf." },
  });
  const attachment = await register({
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    name: `${name}-4b490823`,
    parent: component.getUrn(),
    inputs: {
      role: text(plain(role.getObject()), "name"),
      policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
    },
    dependencies: [role.getUrn()],
  });
  return { arn: text(plain(role.getObject()), "arn") || unknown, urns: [role.getUrn(), attachment.getUrn()] };
}

/**
 * Entries, and the policies of each.
 *
 * @returns the entries once they are there, and what ends with the last policy
 */
async function accessEntries(
  register: Register,
  name: string,
  parent: string,
  inputs: Properties,
  after: readonly string[],
): Promise<{ readonly entries: readonly string[]; readonly policies: Promise<unknown> }> {
  const made = await Promise.all(
    Object.entries((inputs.accessEntries ?? {}) as Readonly<Record<string, Properties>>).map(
      async ([key, { principalArn, accessPolicies = {} }]) => {
        const entry = await register({
          type: "aws:eks/accessEntry:AccessEntry",
          name: `${name}-${key}`,
          parent,
          inputs: { clusterName: inputs.name, principalArn },
          dependencies: after,
        });
        return { key, principalArn, accessPolicies: accessPolicies as Properties, urn: entry.getUrn() };
      },
    ),
  );
  const policies = made.flatMap(({ key, principalArn, accessPolicies, urn }) =>
    Object.entries(accessPolicies).map(([policy, association]) =>
      register({
        type: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
        name: `${name}-${key}-${policy}`,
        parent: urn,
        inputs: { clusterName: inputs.name, principalArn, ...(association as Properties) },
        dependencies: [...after, urn],
      }),
    ),
  );
  return { entries: made.map(({ urn }) => urn), policies: Promise.all(policies) };
}

function clusterInputs(inputs: Properties, roleArn: string): Properties {
  const {
    name,
    version,
    enabledClusterLogTypes,
    deletionProtection,
    subnetIds,
    endpointPrivateAccess,
    endpointPublicAccess,
    publicAccessCidrs,
    encryptionConfigKeyArn,
    authenticationMode,
  } = inputs;
  const vpcConfig = {
    subnetIds,
    endpointPrivateAccess,
    endpointPublicAccess,
    ...(publicAccessCidrs !== undefined && { publicAccessCidrs }),
  };
  return {
    name,
    version,
    roleArn,
    enabledClusterLogTypes,
    deletionProtection,
    vpcConfig,
    accessConfig: { authenticationMode, bootstrapClusterCreatorAdminPermissions: true },
    bootstrapSelfManagedAddons: true,
    // Applied to the key: without its ARN nothing of it is known.
    encryptionConfig:
      encryptionConfigKeyArn === unknown
        ? unknown
        : { provider: { keyArn: encryptionConfigKeyArn }, resources: ["secrets"] },
  };
}

function kubeconfigOf(cluster: Properties): string {
  const [server, authority] = [text(cluster, "endpoint"), at(cluster, "certificateAuthority.data")];
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "kubernetes", cluster: { server, "certificate-authority-data": authority } }],
  });
}

function registered(
  monitor: ResourceMonitorClient,
  request: ConstructRequest,
  { type, name, parent, inputs = {}, component = false, dependencies = [], after = [], ignoreChanges = [] }: Child,
): Promise<RegisterResourceResponse> {
  const message = filled(new RegisterResourceRequest(), (each) => {
    each.setType(type);
    each.setName(name);
    each.setParent(parent);
    each.setCustom(!component);
    each.setObject(struct(JSON.parse(JSON.stringify(inputs)) as Properties));
    each.setDependenciesList([...new Set([...dependencies, ...after])]);
    each.getPropertydependenciesMap().set(
      "inputs",
      filled(new RegisterResourceRequest.PropertyDependencies(), (all) => all.setUrnsList([...dependencies])),
    );
    each.setIgnorechangesList([...ignoreChanges]);
    if (type.startsWith("pulumi:providers:")) each.setVersion(packages.kubernetes);
    if (!component && type.startsWith("aws:")) each.setProvider(request.getProvidersMap().get("aws") ?? "");
  });
  return new Promise((resolve, reject) =>
    monitor.registerResource(message, (error, response) => {
      if (error) reject(error);
      else resolve(response);
    }),
  );
}
