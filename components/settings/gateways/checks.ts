import { reservedNamespaces } from "../namespaces/reserved-namespaces";
import { seconds } from "../scalars";
import type { Check, Draft, Report } from "../check";
import { checkPods } from "../pods-checks";
import { istioLabel } from "./names";
import { longestRelease, type GatewaySettings } from "./schema";

/** Each gateway's place, its replicas and its timing, and what holds between several of them. */
export const checkGateways: Check = (draft, report) => {
  const gateways = draft.settledGateways;
  if (!gateways) return;
  for (const gateway of gateways) {
    checkPlace(gateway, report);
    checkNameLengths(draft, gateway, report);
    checkLoadBalancer(draft, gateway, report);
    checkPods("gateways", [gateway.key], gateway, report);
  }
  checkLabels(draft, gateways, report);
  checkPublicSubnets(draft, gateways, report);
  checkOverrides(draft, gateways, report);
};

function checkPlace({ key, name, namespace }: GatewaySettings, report: Report): void {
  if (reservedNamespaces.includes(namespace))
    report(
      "gateways",
      [key, "namespace"],
      "belongs to Kubernetes or Istio's control plane",
      'Use one of its own, e.g. "istio-ingress".',
    );
  if (name === "istiod" || name === "istio-base")
    report("gateways", [key, "name"], "is the name of another Helm release", 'Use another, e.g. "istio-ingress".');
}

/** A namespace is a DNS label. */
const longestNamespace = 63;

/** Names that follow from the key. The schema has looked at the others. */
function checkNameLengths({ guessed }: Draft, { key, name, namespace }: GatewaySettings, report: Report): void {
  for (const [field, what, value, longest] of [
    ["name", "Helm release", name, longestRelease],
    ["namespace", "namespace", namespace, longestNamespace],
  ] as const) {
    if (value.length <= longest || guessed("gateways", [key, field])) continue;
    report(
      "gateways",
      [key, field],
      `is ${value} if left out, which has ${value.length} characters, and a ${what} has at most ${longest}`,
      `Set it, or shorten the gateway's own name, "${key}".`,
    );
  }
}

function checkLoadBalancer(
  { network, guessed }: Draft,
  { key, drain, scheme, ipAddressType }: GatewaySettings,
  report: Report,
): void {
  if (seconds(drain) > 3600 || !Number.isInteger(seconds(drain)))
    report(
      "gateways",
      [key, "drain"],
      "must be whole seconds and at most 1h, the longest that a target group waits",
      'Write whole seconds, e.g. "60s".',
    );
  if (
    ipAddressType === "dualstack" &&
    scheme === "internal" &&
    network &&
    !network.existing &&
    !guessed("network", ["existing"])
  )
    report(
      "gateways",
      [key, "ipAddressType"],
      "needs IPv6 ranges, and the private subnets that an internal load balancer stands in have none",
      `Write ipv4, or set gateways.${key}.scheme to internet-facing.`,
    );
}

/** Istio's Gateways select pods by one label, in every namespace: two gateways with the same one would serve each other's hosts. */
function checkLabels({ guessed }: Draft, gateways: readonly GatewaySettings[], report: Report): void {
  const taken = new Map<string, GatewaySettings>();
  for (const gateway of gateways) {
    if (guessed("gateways", [gateway.key, "name"])) continue;
    const label = istioLabel(gateway.name);
    const other = taken.get(label);
    if (other)
      report(
        "gateways",
        [gateway.key, "name"],
        `gives its pods the label istio: ${label}, as those of gateways.${other.key} (${other.name}) have: Istio finds a gateway's pods by it in all namespaces, so each of the two would serve the other's hosts`,
        "Set another name for one of them.",
      );
    else taken.set(label, gateway);
  }
}

function checkPublicSubnets({ network }: Draft, gateways: readonly GatewaySettings[], report: Report): void {
  const inPublic = gateways.filter(({ scheme }) => scheme === "internet-facing");
  if (!network?.existing || inPublic.length === 0 || network.existing.publicSubnetIds.length >= 2) return;
  report(
    "network",
    ["existing", "publicSubnetIds"],
    "must have two subnets or more, as an internet-facing load balancer stands in them",
    `List them, or set ${inPublic.map(({ key }) => `gateways.${key}.scheme`).join(" and ")} to internal.`,
  );
}

function checkOverrides({ mesh, guessed }: Draft, gateways: readonly GatewaySettings[], report: Report): void {
  for (const [name, { namespace, selector }] of Object.entries(mesh?.mtls.overrides ?? {})) {
    if (selector || guessed("mesh", ["mtls", "overrides", name, "selector"])) continue;
    if (gateways.some((gateway) => gateway.namespace === namespace))
      report(
        "mesh",
        ["mtls", "overrides", name, "namespace"],
        "is a gateway's namespace: its requests come from outside the mesh, so that a mode for the whole of it changes nothing",
        "Name the namespace of the applications.",
      );
  }
}
