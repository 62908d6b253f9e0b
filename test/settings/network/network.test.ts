import assert from "node:assert/strict";
import { settingsOf } from "../../stack";
import { accepts, network, refuses } from "../verdicts";

describe("the VPC's range", () => {
  for (const cidr of ["10.0.0.0/16", "10.64.8.0/21", "172.16.0.0/16", "192.168.0.0/16", "100.64.0.0/16"]) {
    accepts(`a private range, ${cidr}`, network({ cidr }));
  }

  for (const cidr of [
    "10.0.0.0",
    "10.0.0.256/16",
    "10.0.0/16",
    "10.0.0.0/33",
    "010.0.0.0/16",
    "10.0.00.0/16",
    "fd00::/56",
  ]) {
    refuses(`a range that isn't IPv4 CIDR, ${cidr}`, network({ cidr }), {
      key: "eks-istio:network.cidr",
      value: cidr,
      rule: "must be an IPv4 range in CIDR notation",
      fix: 'Write it like "10.0.0.0/16".',
    });
  }

  refuses("a range that begins in its middle", network({ cidr: "10.0.7.0/16" }), {
    key: "eks-istio:network.cidr",
    value: "10.0.7.0/16",
    rule: "is not the first address of its range",
    fix: 'Write "10.0.0.0/16".',
  });

  for (const cidr of ["10.0.0.0/15", "10.0.0.0/22"]) {
    refuses(`a range of size ${cidr}`, network({ cidr }), {
      key: "eks-istio:network.cidr",
      value: cidr,
      rule: "must be a range of size /16 to /21: AWS allows none larger, and the subnets of a smaller one are too small for a load balancer",
      fix: 'Write "10.0.0.0/16", or another size in these bounds.',
    });
  }

  for (const cidr of ["8.8.0.0/16", "172.32.0.0/16", "192.169.0.0/16", "100.128.0.0/16"]) {
    refuses(`a range of somebody on the internet, ${cidr}`, network({ cidr }), {
      key: "eks-istio:network.cidr",
      value: cidr,
      rule: "is not a private range",
      fix: 'Use one of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and 100.64.0.0/10, e.g. "10.0.0.0/16".',
    });
  }
});

describe("NAT and flow logs", () => {
  it("keeps what the stack file says", () => {
    const settings = settingsOf(network({ nat: "perZone", flowLogs: { enabled: false } }));
    assert.deepEqual(settings.network, {
      cidr: "10.0.0.0/16",
      zones: ["ap-northeast-2a", "ap-northeast-2b", "ap-northeast-2c"],
      nat: "perZone",
      flowLogs: { enabled: false, retentionDays: 30 },
    });
  });

  refuses("a NAT that isn't one of two", network({ nat: "per-zone" }), {
    key: "eks-istio:network.nat",
    value: "per-zone",
    rule: "must be one of single, perZone",
    fix: 'Did you mean "perZone"?',
  });

  refuses("a retention that CloudWatch doesn't know", network({ flowLogs: { retentionDays: 31 } }), {
    key: "eks-istio:network.flowLogs.retentionDays",
    value: 31,
    rule: "must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
    fix: "Write one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653.",
  });
});
