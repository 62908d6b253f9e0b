import assert from "node:assert/strict";
import { usableZones, zoneIdPrefix, zonesOf } from "../../../components/settings/network/zones";
import { settingsOf } from "../../stack";
import { accepts, network, refuses } from "../verdicts";

function zonesIn(region: string): unknown {
  const { network: settings } = settingsOf({ "aws:region": region });
  return "zones" in settings ? settings.zones : undefined;
}

describe("the zones a stack gets", () => {
  it("are the region's first three", () => {
    assert.deepEqual(zonesIn("us-west-2"), ["us-west-2a", "us-west-2b", "us-west-2c"]);
  });

  it("leave out letters that a region doesn't have", () => {
    assert.deepEqual(zonesIn("ap-northeast-1"), ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"]);
  });

  const asked = [
    ["us-east-1", "use1-az3", "two to four"],
    ["us-west-1", "usw1-az2", "two"],
    ["ca-central-1", "cac1-az3", "two or three"],
  ] as const;
  for (const [region, id, count] of asked)
    refuses(`are asked for in ${region}, where EKS is not in every one`, network({}, region), {
      key: "eks-istio:network.zones",
      value: undefined,
      rule: `must be set in ${region}: EKS is not in all of its zones, and which letter that concerns differs by account`,
      fix: `A new stack lists ${count} by id, without ${id}: aws ec2 describe-availability-zones --region ${region} shows yours. A stack that stands keeps the names that its subnets have.`,
    });
});

describe("the zones a stack names", () => {
  accepts("two zones of the region", network({ zones: ["ap-northeast-2a", "ap-northeast-2d"] }));
  accepts(
    "four zones of the region",
    network({ zones: ["ap-northeast-2a", "ap-northeast-2b", "ap-northeast-2c", "ap-northeast-2d"] }),
  );
  accepts(
    "zones of a region that isn't listed here",
    network({ zones: ["xx-central-1a", "xx-central-1b"] }, "xx-central-1"),
  );

  refuses("their absence in a region that isn't listed here", network({}, "xx-central-1"), {
    key: "eks-istio:network.zones",
    value: undefined,
    rule: "must be set, as the zones of xx-central-1 are not known to this project",
    fix: 'Did you mean "mx-central-1" in aws:region? If not, list two to four, e.g. [xx-central-1a, xx-central-1b, xx-central-1c].',
  });

  refuses("their absence in a region that is like none listed here", network({}, "us-gov-west-1"), {
    key: "eks-istio:network.zones",
    value: undefined,
    rule: "must be set, as the zones of us-gov-west-1 are not known to this project",
    fix: "List two to four, e.g. [us-gov-west-1a, us-gov-west-1b, us-gov-west-1c].",
  });

  refuses(
    "zones of the region that was meant, where its name has a typo",
    network({ zones: ["us-east-1a", "us-east-1b"] }, "us-esat-1"),
    {
      key: "eks-istio:network.zones[0]",
      value: "us-east-1a",
      rule: "is not a zone of us-esat-1, the stack's region",
      fix: 'Did you mean "us-east-1" in aws:region?',
    },
    {
      key: "eks-istio:network.zones[1]",
      value: "us-east-1b",
      rule: "is not a zone of us-esat-1, the stack's region",
      fix: 'Did you mean "us-east-1" in aws:region?',
    },
  );

  refuses("a single zone", network({ zones: ["ap-northeast-2a"] }), {
    key: "eks-istio:network.zones",
    value: ["ap-northeast-2a"],
    rule: "must have two to four zones, and has 1",
    fix: "List two to four of ap-northeast-2a, ap-northeast-2b, ap-northeast-2c, ap-northeast-2d.",
  });

  refuses("a single zone of a region with three", network({ zones: ["eu-west-1a"] }, "eu-west-1"), {
    key: "eks-istio:network.zones",
    value: ["eu-west-1a"],
    rule: "must have two or three zones, and has 1",
    fix: "List two or three of eu-west-1a, eu-west-1b, eu-west-1c.",
  });
  refuses("a single zone of us-west-1, of which an account sees two", network({ zones: ["usw1-az1"] }, "us-west-1"), {
    key: "eks-istio:network.zones",
    value: ["usw1-az1"],
    rule: "must have two zones, and has 1",
    fix: "List two of us-west-1a, us-west-1b, us-west-1c.",
  });

  const five = ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d", "us-east-1f"];
  refuses("five zones", network({ zones: five }, "us-east-1"), {
    key: "eks-istio:network.zones",
    value: five,
    rule: "must have two to four zones, and has 5",
    fix: "List two to four of us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1f.",
  });

  for (const [region, other, without] of [
    ["us-east-1", "us-east-1a", "us-east-1e"],
    ["us-east-1", "use1-az1", "use1-az3"],
    ["us-west-1", "usw1-az1", "usw1-az2"],
    ["ca-central-1", "cac1-az1", "cac1-az3"],
  ] as const)
    refuses(`${without}, which EKS is not in`, network({ zones: [other, without] }, region), {
      key: "eks-istio:network.zones[1]",
      value: without,
      rule: "is a zone that EKS is not in: it refuses the cluster",
      fix: `Write another of ${region}'s zones.`,
    });

  accepts("zones by id", network({ zones: ["use1-az1", "use1-az6"] }, "us-east-1"));
  accepts(
    "zones by id, of a region that isn't listed here",
    network({ zones: ["xxc1-az1", "xxc1-az2"] }, "xx-central-1"),
  );
  refuses("names beside ids", network({ zones: ["us-east-1a", "use1-az1"] }, "us-east-1"), {
    key: "eks-istio:network.zones",
    value: ["us-east-1a", "use1-az1"],
    rule: "has names and ids: they may be of one zone, as the name of an id differs by account",
    fix: "Write all as names, or all as ids.",
  });
  refuses("the id of another region's zone", network({ zones: ["apne2-az1", "use1-az1"] }), {
    key: "eks-istio:network.zones[1]",
    value: "use1-az1",
    rule: "is not a zone of ap-northeast-2, the stack's region",
    fix: "Write one that begins with apne2-az: aws ec2 describe-availability-zones --region ap-northeast-2 shows them.",
  });

  refuses(
    "the id of a zone in Virginia for a stack in Frankfurt",
    network({ zones: ["euc1-az1", "use1-az1"] }, "eu-central-1"),
    {
      key: "eks-istio:network.zones[1]",
      value: "use1-az1",
      rule: "is not a zone of eu-central-1, the stack's region",
      fix: "Write one that begins with euc1-az: aws ec2 describe-availability-zones --region eu-central-1 shows them.",
    },
  );
  refuses("an id with a number that no zone has", network({ zones: ["euc1-az1", "euc1-az9"] }, "eu-central-1"), {
    key: "eks-istio:network.zones[1]",
    value: "euc1-az9",
    rule: "is not a zone of eu-central-1, the stack's region",
    fix: "Write one that begins with euc1-az: aws ec2 describe-availability-zones --region eu-central-1 shows them.",
  });

  refuses("a zone listed twice", network({ zones: ["ap-northeast-2a", "ap-northeast-2b", "ap-northeast-2a"] }), {
    key: "eks-istio:network.zones[2]",
    value: "ap-northeast-2a",
    rule: "is listed twice",
    fix: "List each zone once.",
  });

  refuses("a zone of another region", network({ zones: ["ap-northeast-2a", "us-east-1b"] }), {
    key: "eks-istio:network.zones[1]",
    value: "us-east-1b",
    rule: "is not a zone of ap-northeast-2, the stack's region",
    fix: "Write one of ap-northeast-2a, ap-northeast-2b, ap-northeast-2c, ap-northeast-2d.",
  });

  refuses("a local zone", network({ zones: ["us-west-2a", "us-west-2-lax-1a"] }, "us-west-2"), {
    key: "eks-istio:network.zones[1]",
    value: "us-west-2-lax-1a",
    rule: "is not a zone of us-west-2, the stack's region",
    fix: "Write one of us-west-2a, us-west-2b, us-west-2c, us-west-2d.",
  });

  refuses(
    "a zone that the region doesn't have",
    network({ zones: ["ap-northeast-1a", "ap-northeast-1b"] }, "ap-northeast-1"),
    {
      key: "eks-istio:network.zones[1]",
      value: "ap-northeast-1b",
      rule: "does not exist: the zones of ap-northeast-1 are ap-northeast-1a, ap-northeast-1c, ap-northeast-1d",
      fix: "Write one of ap-northeast-1a, ap-northeast-1c, ap-northeast-1d.",
    },
  );

  const all = ["us-west-1a", "us-west-1b", "us-west-1c"];
  refuses("three zones of us-west-1, of which an account sees two", network({ zones: all }, "us-west-1"), {
    key: "eks-istio:network.zones",
    value: all,
    rule: "has 3 zones, and an account can use 2 of us-west-1",
    fix: "List two that your account has: aws ec2 describe-availability-zones --region us-west-1.",
  });
  accepts("any two zones of us-west-1", network({ zones: ["us-west-1a", "us-west-1c"] }, "us-west-1"));
});

describe("how the ids of a region's zones begin", () => {
  for (const [region, prefix] of [
    ["us-east-1", "use1"],
    ["ap-northeast-2", "apne2"],
    ["ca-central-1", "cac1"],
    ["us-gov-west-1", "usgw1"],
    ["cn-northwest-1", "cnnw1"],
    ["af-south-1", "afs1"],
    ["ap-east-1", "ape1"],
    ["ap-south-1", "aps1"],
    ["ap-southeast-2", "apse2"],
    ["ca-west-1", "caw1"],
    ["eu-central-1", "euc1"],
    ["eu-north-1", "eun1"],
    ["il-central-1", "ilc1"],
    ["me-south-1", "mes1"],
    ["me-central-1", "mec1"],
    ["mx-central-1", "mxc1"],
    ["sa-east-1", "sae1"],
  ] as const)
    it(`is ${prefix} in ${region}`, () => {
      assert.equal(zoneIdPrefix(region), prefix);
    });
});

describe("zonesOf and usableZones", () => {
  it("know nothing of a region that isn't listed", () => {
    assert.deepEqual([zonesOf("xx-central-1"), usableZones("xx-central-1")], [undefined, undefined]);
  });

  it("tell all of us-west-1's zones, and that an account uses two", () => {
    assert.deepEqual([zonesOf("us-west-1"), usableZones("us-west-1")], [["us-west-1a", "us-west-1b", "us-west-1c"], 2]);
  });
});
