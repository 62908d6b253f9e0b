import assert from "node:assert/strict";
import fc from "fast-check";
import { Netmask } from "netmask";
import { ipv6SubnetRange, subnetRanges } from "../../../components/manifests/aws/subnets";

/** A VPC's range, /16 to /21, somewhere in 10.0.0.0/8. */
const vpcRange = fc.tuple(fc.integer({ min: 16, max: 21 }), fc.nat({ max: 2 ** 24 - 1 })).map(([bits, address]) => {
  const base = Math.floor(address / 2 ** (32 - bits)) * 2 ** (32 - bits);
  return `10.${base >>> 16}.${(base >>> 8) & 255}.${base & 255}/${bits}`;
});
const zones = fc.integer({ min: 1, max: 4 });

/** All ranges, as blocks. */
function blocks(cidr: string, count: number): Netmask[] {
  return subnetRanges(cidr, count).flatMap((zone) => [new Netmask(zone.private), new Netmask(zone.public)]);
}

describe("the subnets of a VPC", () => {
  it("are those that the documentation shows", () => {
    assert.deepEqual(subnetRanges("10.0.0.0/16", 4), [
      { private: "10.0.0.0/19", public: "10.0.128.0/23" },
      { private: "10.0.32.0/19", public: "10.0.130.0/23" },
      { private: "10.0.64.0/19", public: "10.0.132.0/23" },
      { private: "10.0.96.0/19", public: "10.0.134.0/23" },
    ]);
  });

  it("leave a load balancer its 8 addresses beside AWS's 5, in the smallest VPC", () => {
    assert.deepEqual(subnetRanges("192.168.8.0/21", 2), [
      { private: "192.168.8.0/24", public: "192.168.12.0/28" },
      { private: "192.168.9.0/24", public: "192.168.12.16/28" },
    ]);
  });

  it("lie inside the VPC", () => {
    fc.assert(
      fc.property(vpcRange, zones, (cidr, count) =>
        blocks(cidr, count).every((block) => new Netmask(cidr).contains(block)),
      ),
    );
  });

  it("share no address", () => {
    fc.assert(
      fc.property(vpcRange, zones, (cidr, count) => {
        const all = blocks(cidr, count);
        return all.every((one, index) =>
          all.slice(index + 1).every((other) => !one.contains(other.base) && !other.contains(one.base)),
        );
      }),
    );
  });

  it("are an eighth of the VPC for pods and a 128th for load balancers, in each zone", () => {
    fc.assert(
      fc.property(vpcRange, zones, (cidr, count) => {
        const ranges = subnetRanges(cidr, count);
        assert.equal(ranges.length, count);
        for (const range of ranges) {
          assert.equal(new Netmask(range.private).size, new Netmask(cidr).size / 8);
          assert.equal(new Netmask(range.public).size, new Netmask(cidr).size / 128);
        }
      }),
    );
  });

  it("begin at the first address of their range, as AWS wants it", () => {
    fc.assert(
      fc.property(vpcRange, zones, (cidr, count) => {
        for (const zone of subnetRanges(cidr, count))
          for (const range of [zone.private, zone.public]) assert.equal(range, new Netmask(range).toString());
      }),
    );
  });

  it("stay as they are when a zone is added at the end", () => {
    fc.assert(
      fc.property(vpcRange, fc.integer({ min: 1, max: 3 }), (cidr, count) =>
        assert.deepEqual(subnetRanges(cidr, count + 1).slice(0, count), subnetRanges(cidr, count)),
      ),
    );
  });
});

describe("the IPv6 ranges of subnets", () => {
  it("are the /64s of the VPC's /56, in order", () => {
    assert.deepEqual(
      [0, 1, 2, 255].map((index) => ipv6SubnetRange("2600:1f14:aa:bb00::/56", index)),
      ["2600:1f14:aa:bb00::/64", "2600:1f14:aa:bb01::/64", "2600:1f14:aa:bb02::/64", "2600:1f14:aa:bbff::/64"],
    );
  });

  it("fill in the groups of zeros that a short form leaves out", () => {
    assert.equal(ipv6SubnetRange("2600:1f14:aa::/56", 3), "2600:1f14:aa:3::/64");
  });
});
