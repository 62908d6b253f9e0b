import { Platform } from "./components/platform";
import { loadSettings } from "./components/settings/load";

const settings = loadSettings();
const platform = new Platform(settings.cluster.name, { settings });

/** Where each public application is reached. */
export const urls = platform.urls;

/** Names of the Network Load Balancers, by gateway. */
export const loadBalancerNames = platform.loadBalancerNames;

/** ARNs of the certificates on them, by domain. */
export const certificateArns = platform.certificateArns;

/** Name servers of the zones this stack created: delegate each domain to its own. */
export const nameServers = platform.nameServers;

/** `pulumi stack output kubeconfig --show-secrets > kubeconfig.json` */
export const kubeconfig = platform.kubeconfig;

/** The cluster's name, e.g. for `aws eks update-kubeconfig --name`. */
export const clusterName = platform.clusterName;

/** The VPC, and its subnets: of the nodes, and of internet-facing load balancers. */
export const vpcId = platform.vpcId;
export const privateSubnetIds = platform.privateSubnetIds;
export const publicSubnetIds = platform.publicSubnetIds;

/** ARN of the role that every node has. */
export const nodeRoleArn = platform.nodeRoleArn;
