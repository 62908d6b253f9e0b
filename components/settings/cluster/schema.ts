import * as z from "zod";
import { addonVersions, eksVersions, type AddonName } from "../../versions";
import { ipv4Cidrs } from "../cidrs";
import { defaults } from "../defaults";
import { dnsLabel, labelKey, labelValue, principalArn, retentionDays } from "../scalars";

/** EKS counts a key's domain in, where Kubernetes has 63 characters for what follows it. */
const nodeKey = labelKey.refine((key) => key.length <= 63, {
  error: "must have at most 63 characters, its domain included: EKS takes no longer one for nodes",
  params: { fix: "Shorten it, or its domain." },
});

/** EKS takes no empty value, where Kubernetes does (aws-controllers-k8s/community#2208). */
const nodeLabels = z.record(
  nodeKey,
  labelValue.refine((value) => value !== "", {
    error: "must not be empty: EKS refuses a node's label without a value",
    params: { fix: 'Write a value, e.g. "true".' },
  }),
);

const nodeGroup = z.strictObject({
  instanceTypes: z
    .array(
      z
        .string()
        .regex(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, "must be an EC2 instance type")
        .meta({ examples: ["m6i.large"] }),
    )
    .min(1)
    .default([...defaults.cluster.nodeGroup.instanceTypes])
    .describe(
      "EC2 instance types, all of one processor architecture. Name several for spot. Other types make a new group, and the old one's nodes drain all at once: to keep serving, add a group under another name first.",
    ),
  capacityType: z
    .enum(["ON_DEMAND", "SPOT"])
    .default(defaults.cluster.nodeGroup.capacityType)
    .describe("Bought on demand or from spot capacity."),
  minSize: z.int().min(0).default(defaults.cluster.nodeGroup.minSize).describe("Fewest nodes."),
  maxSize: z
    .int()
    .min(1)
    .default(defaults.cluster.nodeGroup.maxSize)
    .describe("Most nodes, for a node autoscaler of yours: this project installs none."),
  desiredSize: z.int().min(0).optional().describe("Nodes now. Default: `minSize`."),
  autoscaled: z
    .boolean()
    .default(false)
    .describe(
      "A node autoscaler of yours owns the number of nodes: `desiredSize` is where it begins, and is not set back.",
    ),
  releaseVersion: z
    .string()
    .regex(/^\d+\.\d+\.\d+-\d{8}$/, "must be the release version of an EKS node image")
    .meta({ examples: ["1.35.4-20261105"] })
    .optional()
    .describe(
      "Release of the node image. Default: the newest when the group is made, which then stays until `version` changes. A newer one replaces the nodes, some at a time.",
    ),
  diskSize: z
    .int()
    .min(20)
    .max(16384)
    .default(defaults.cluster.nodeGroup.diskSize)
    .describe("Size of the encrypted gp3 root volume in GiB."),
  labels: nodeLabels.default({}).describe("Kubernetes labels of the nodes, none with an empty value."),
  taints: z
    .array(
      z.strictObject({
        key: nodeKey.meta({ examples: ["dedicated"] }).describe("The taint's key."),
        value: labelValue
          .meta({ examples: ["gpu"] })
          .optional()
          .describe("The taint's value."),
        effect: z
          .enum(["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"])
          .describe("What happens to pods that do not tolerate it, as EKS spells it."),
      }),
    )
    .default([])
    .describe("Kubernetes taints of the nodes."),
});

const accessPolicies = [
  "AmazonEKSClusterAdminPolicy",
  "AmazonEKSAdminPolicy",
  "AmazonEKSAdminViewPolicy",
  "AmazonEKSEditPolicy",
  "AmazonEKSViewPolicy",
] as const;

const addonNames = Object.keys(Object.values(addonVersions)[0] ?? {}) as AddonName[];

/** EKS: the control plane, its access, its nodes and its add-ons. */
export const cluster = z
  .strictObject({
    name: z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9-]*$/,
        "must be lowercase letters, digits and hyphens, as names that AWS derives from it allow no others",
      )
      .meta({ examples: ["shop-prod"] })
      .optional()
      .describe(
        "The cluster's name, and the beginning of every name in this stack: changing it replaces everything. Default: `PROJECT-STACK`.",
      ),
    version: z
      .enum(eksVersions)
      .meta({ examples: ["1.35"] })
      .describe("The Kubernetes version, in quotes."),
    publicAccessCidrs: ipv4Cidrs
      .default([...defaults.cluster.publicAccessCidrs])
      .describe(
        "IPv4 ranges that may reach the Kubernetes API over the internet. None: the API is private, and `up` needs a way into the VPC, which a new VPC does not have: begin with your address here, and take it out once there is another way.",
      ),
    privateAccessCidrs: ipv4Cidrs
      .default([...defaults.cluster.privateAccessCidrs])
      .describe(
        "IPv4 ranges that may reach the API's private endpoint: of the VPC, a VPN, a peered network. Being inside the VPC is not enough. Nodes need no entry.",
      ),
    admins: z
      .record(dnsLabel, principalArn)
      .default({})
      .describe("Who administers the cluster: a name for each, and the ARN of an IAM role or user."),
    access: z
      .record(
        dnsLabel,
        z.strictObject({
          principalArn: principalArn.describe("The IAM role or user."),
          policy: z.enum(accessPolicies).describe("The EKS access policy it gets."),
          namespaces: z.array(dnsLabel).default([]).describe("Namespaces it applies to. None: the whole cluster."),
        }),
      )
      .default({})
      .describe("Further EKS access entries."),
    deployer: principalArn
      .optional()
      .describe(
        "The role that runs `pulumi up`. EKS makes the creator an admin by itself and refuses a second entry for it, so it must not stand under `admins`.",
      ),
    deletionProtection: z
      .boolean()
      .default(defaults.cluster.deletionProtection)
      .describe(
        "Refuse to delete the cluster until this is set to false and applied. With it, istiod and created zones: the preview of a destroy fails before anything goes.",
      ),
    cniPermissions: z
      .enum(["nodeRole", "both", "podIdentity"])
      .default(defaults.cluster.cniPermissions)
      .describe(
        "Who holds the VPC CNI's AWS permissions: the nodes' role, a role of its pods' own by Pod Identity, or both on the way from one to the other. `podIdentity` is for new clusters; on a live one go by `both` and restart the CNI's pods, or new pods get no address.",
      ),
    networkPolicies: z
      .boolean()
      .default(defaults.cluster.networkPolicies)
      .describe(
        "Enforce Kubernetes NetworkPolicies, and close the namespaces of istiod, the gateways and the applications to what the stack file doesn't imply. On a live cluster everybody's NetworkPolicies come into force.",
      ),
    secretsKeyArn: z
      .string()
      .regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, "must be the ARN of a KMS key")
      .meta({ examples: ["arn:aws:kms:us-east-1:123456789012:key/0f1e2d3c"] })
      .optional()
      .describe(
        "Encrypt Kubernetes secrets with this KMS key instead of one of ours. Only when the cluster is made: another key means another cluster.",
      ),
    logs: z
      .strictObject({
        types: z
          .array(z.enum(defaults.cluster.logs.types))
          .default([...defaults.cluster.logs.types])
          .describe("Control-plane logs to record."),
        retentionDays: retentionDays.default(defaults.cluster.logs.retentionDays),
      })
      .prefault({})
      .describe("Control-plane logs."),
    nodeGroups: z.record(dnsLabel, nodeGroup).prefault({ default: {} }).describe("Managed node groups, by name."),
    addons: z
      .partialRecord(
        z.enum(addonNames),
        z
          .string()
          .regex(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/, "must be an EKS add-on version")
          .meta({ examples: ["v1.14.6-eksbuild.4"] }),
      )
      .default({})
      .describe("Add-on versions that differ from the pinned ones. The EBS CSI driver must be 1.58 or newer."),
  })
  .describe("The EKS cluster.");

type ClusterInput = z.infer<typeof cluster>;
export type NodeGroupSettings = z.infer<typeof nodeGroup>;
export type ClusterSettings = ClusterInput & { readonly name: string };
