import { seconds } from "../scalars";
import type { Check, Draft, Report } from "../check";
import { checkPods } from "../pods-checks";
import { checkLabels, checkPlace } from "./place-checks";
import type { GatewaySettings } from "./schema";

/** Each gateway's place, its replicas and its timing, and what holds between several of them. */
export const checkGateways: Check = (draft, report) => {
  const { settledGateways: gateways, settledEgressGateways: egress } = draft;
  if (!gateways || !egress) return;
  for (const gateway of gateways) {
    checkPlace(draft, gateway, report);
    checkLoadBalancer(draft, gateway, report);
    checkPods("gateways", [gateway.key], gateway, report);
  }
  checkLabels(draft, [...gateways, ...egress], report);
  checkPublicSubnets(draft, gateways, report);
  checkOverrides(draft, gateways, report);
};

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
