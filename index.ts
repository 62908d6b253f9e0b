import { Platform } from "./components/platform";
import { loadSettings } from "./components/settings/load";

const settings = loadSettings();
const platform = new Platform(settings.cluster.name, { settings });

/** Where each public application is reached. */
export const urls = platform.urls;

/** The gateway's Network Load Balancer. */
export const loadBalancerName = platform.loadBalancerName;

/** ARNs of the certificates on it, by domain. */
export const certificateArns = platform.certificateArns;

/** Name servers of the zones this stack created: delegate each domain to its own. */
export const nameServers = platform.nameServers;

/** `pulumi stack output kubeconfig --show-secrets > kubeconfig.json` */
export const kubeconfig = platform.kubeconfig;
