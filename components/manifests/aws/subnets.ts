import { Netmask } from "netmask";

/** The ranges of one zone's subnets. */
export interface ZoneRanges {
  readonly private: string;
  readonly public: string;
}

/** A private subnet is an eighth of the VPC: every pod has an address of its own there. */
const privateBits = 3;
/** A public subnet is a 128th: it holds load balancers and NAT gateways only. */
const publicBits = 7;

/**
 * Cuts a VPC's range into a private and a public subnet for each zone.
 *
 * Private ones fill the lower half from its beginning, public ones the upper half from its. A zone's place in the list
 * decides its ranges, so a zone added at the end changes no other: `10.0.0.0/16` gives `10.0.0.0/19` and
 * `10.0.128.0/23` to the first zone, `10.0.32.0/19` and `10.0.130.0/23` to the second.
 *
 * @param cidr the VPC's range, /16 to /21
 * @param zones how many zones, at most 4
 */
export function subnetRanges(cidr: string, zones: number): ZoneRanges[] {
  const vpc = new Netmask(cidr);
  const upperHalf = new Netmask(`${vpc.base}/${vpc.bitmask + 1}`).next(1);
  return Array.from({ length: zones }, (_, index) => ({
    private: new Netmask(`${vpc.base}/${vpc.bitmask + privateBits}`).next(index).toString(),
    public: new Netmask(`${upperHalf.base}/${vpc.bitmask + publicBits}`).next(index).toString(),
  }));
}

/** The n-th /64 of a VPC's IPv6 range, which AWS gives as a /56: `2600:1f14:aa:bb00::/56` and 2 give `2600:1f14:aa:bb02::/64`. */
export function ipv6SubnetRange(vpcRange: string, index: number): string {
  const groups = (vpcRange.split("::")[0] ?? "").split(":");
  const fourth = (Number.parseInt(groups[3] ?? "0", 16) + index).toString(16);
  return `${[groups[0], groups[1] ?? "0", groups[2] ?? "0", fourth].join(":")}::/64`;
}
