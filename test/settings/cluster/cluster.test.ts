import assert from "node:assert/strict";
import { problemsOf, settingsOf } from "../../stack";
import { accepts, cluster, refuses } from "../verdicts";

describe("the cluster's version", () => {
  for (const version of ["1.33", "1.34", "1.35", "1.36"]) accepts(`Kubernetes ${version}`, cluster({ version }));

  refuses("a version without quotes", cluster({ version: 1.35 }), {
    key: "eks-istio:cluster.version",
    value: 1.35,
    rule: "must be a string, and YAML reads it as a number",
    fix: 'Put it in quotes: "1.35".',
  });

  refuses("no version", cluster({ version: undefined }), {
    key: "eks-istio:cluster.version",
    value: undefined,
    rule: "is required, and one of 1.33, 1.34, 1.35, 1.36",
    fix: "Write one of 1.33, 1.34, 1.35, 1.36.",
  });

  refuses("a version that EKS no longer offers", cluster({ version: "1.28-eks" }), {
    key: "eks-istio:cluster.version",
    value: "1.28-eks",
    rule: "must be one of 1.33, 1.34, 1.35, 1.36",
    fix: "Write one of 1.33, 1.34, 1.35, 1.36.",
  });
});

describe("the cluster's name", () => {
  it("is the project's and the stack's", () => {
    assert.equal(settingsOf({}, "prod").cluster.name, "eks-istio-prod");
  });

  accepts("a name of 31 characters", cluster({ name: "c".repeat(31) }));

  refuses("a name of 32 characters, with which a role's name would pass 64", cluster({ name: "c".repeat(32) }), {
    key: "eks-istio:cluster.name",
    value: "c".repeat(32),
    rule: `must have at most 31 characters, and "${"c".repeat(32)}" has 32: names that AWS limits to 64 begin with it`,
    fix: "Set a shorter name.",
  });

  refuses("a name of 90 characters", cluster({ name: "c".repeat(90) }), {
    key: "eks-istio:cluster.name",
    value: "c".repeat(90),
    rule: `must have at most 31 characters, and "${"c".repeat(90)}" has 90: names that AWS limits to 64 begin with it`,
    fix: "Set a shorter name.",
  });

  refuses("upper case", cluster({ name: "Platform" }), {
    key: "eks-istio:cluster.name",
    value: "Platform",
    rule: "must be lowercase letters, digits and hyphens, as names that AWS derives from it allow no others",
    fix: 'Write it like "shop-prod".',
  });

  it("must be set where the stack's name is too long for it", () => {
    assert.deepEqual(problemsOf({}, "feature-checkout-redesign"), [
      {
        key: "eks-istio:cluster.name",
        value: undefined,
        rule: 'must have at most 31 characters, and "eks-istio-feature-checkout-redesign" has 35: names that AWS limits to 64 begin with it',
        fix: "Set a shorter name.",
      },
    ]);
  });

  it("must be set where the stack's name has other characters", () => {
    assert.deepEqual(problemsOf({}, "Dev_2.eu"), [
      {
        key: "eks-istio:cluster.name",
        value: undefined,
        rule: 'must be set, as the default "eks-istio-Dev_2.eu" (project and stack) is not all lowercase letters, digits and hyphens',
        fix: 'Set it, e.g. to "eks-istio-dev-2-eu".',
      },
    ]);
  });

  it("makes any stack's name possible", () => {
    assert.deepEqual(problemsOf(cluster({ name: "dev" }), "Dev_2.eu"), []);
  });
});

describe("the cluster's public endpoint", () => {
  accepts("a range of administrators' addresses", cluster({ publicAccessCidrs: ["203.0.113.0/24"] }));

  for (const cidr of ["0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/7"]) {
    refuses(`the whole internet as ${cidr}`, cluster({ publicAccessCidrs: ["203.0.113.0/24", cidr] }), {
      key: "eks-istio:cluster.publicAccessCidrs[1]",
      value: cidr,
      rule: "opens the Kubernetes API to the whole internet",
      fix: 'List the addresses that administrators come from, e.g. "203.0.113.0/24", or leave publicAccessCidrs out for a private endpoint.',
    });
  }

  refuses("an address without a size", cluster({ publicAccessCidrs: ["203.0.113.7"] }), {
    key: "eks-istio:cluster.publicAccessCidrs[0]",
    value: "203.0.113.7",
    rule: "must be an IPv4 range in CIDR notation",
    fix: 'Write it like "203.0.113.0/24".',
  });
});

describe("the addresses that reach the cluster's public endpoint", () => {
  for (const cidr of ["10.1.0.0/16", "172.16.0.0/12", "192.168.1.7/32", "100.64.0.0/10"]) {
    refuses(`a private range, ${cidr}`, cluster({ publicAccessCidrs: [cidr] }), {
      key: "eks-istio:cluster.publicAccessCidrs[0]",
      value: cidr,
      rule: "is a private range, which nobody comes from over the internet: EKS refuses it",
      fix: "Write the public address that your network has towards the internet. Inside the VPC the private endpoint answers.",
    });
  }

  for (const cidr of ["172.32.0.0/12", "192.169.1.7/32", "100.128.0.0/10"])
    accepts(`a range beside a private one, ${cidr}`, cluster({ publicAccessCidrs: [cidr] }));

  const many = (count: number) => Array.from({ length: count }, (_, n) => `203.0.113.${n}/32`);
  accepts("40 ranges", cluster({ publicAccessCidrs: many(40) }));
  refuses("41 ranges", cluster({ publicAccessCidrs: many(41) }), {
    key: "eks-istio:cluster.publicAccessCidrs",
    value: many(41),
    rule: "has 41 ranges, and EKS takes 40 at most",
    fix: "Write fewer and wider ones, or come in through the private endpoint.",
  });

  refuses(
    "a range listed twice",
    cluster({ publicAccessCidrs: ["203.0.113.0/24", "198.51.100.0/24", "203.0.113.0/24"] }),
    {
      key: "eks-istio:cluster.publicAccessCidrs[2]",
      value: "203.0.113.0/24",
      rule: "is listed twice",
      fix: "Remove one of them.",
    },
  );

  refuses("a range that begins in its middle", cluster({ publicAccessCidrs: ["203.0.113.7/24"] }), {
    key: "eks-istio:cluster.publicAccessCidrs[0]",
    value: "203.0.113.7/24",
    rule: "is not the first address of its range",
    fix: 'Write "203.0.113.0/24", or "203.0.113.7/32" for that address alone.',
  });

  refuses("a number with a leading zero", cluster({ publicAccessCidrs: ["203.0.113.010/32"] }), {
    key: "eks-istio:cluster.publicAccessCidrs[0]",
    value: "203.0.113.010/32",
    rule: "must be an IPv4 range in CIDR notation",
    fix: 'Write it like "203.0.113.0/24".',
  });
});

describe("the addresses that reach the cluster's private endpoint", () => {
  accepts("ranges of the VPC and of a VPN", cluster({ privateAccessCidrs: ["10.64.0.0/16", "10.8.0.0/24"] }));

  // The engine would refuse two rules of one name with a stack trace.
  refuses("a range listed twice", cluster({ privateAccessCidrs: ["10.8.0.0/24", "10.8.0.0/24"] }), {
    key: "eks-istio:cluster.privateAccessCidrs[1]",
    value: "10.8.0.0/24",
    rule: "is listed twice",
    fix: "Remove one of them.",
  });

  refuses("a range that begins in its middle", cluster({ privateAccessCidrs: ["10.8.0.0/24", "10.9.0.7/24"] }), {
    key: "eks-istio:cluster.privateAccessCidrs[1]",
    value: "10.9.0.7/24",
    rule: "is not the first address of its range",
    fix: 'Write "10.9.0.0/24", or "10.9.0.7/32" for that address alone.',
  });
});

describe("the cluster's keys, logs and add-ons", () => {
  accepts(
    "a KMS key in the stack's region",
    cluster({ secretsKeyArn: "arn:aws:kms:ap-northeast-2:123456789012:key/0f1e2d3c" }),
  );

  refuses(
    "a KMS key in another region",
    cluster({ secretsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/0f1e2d3c" }),
    {
      key: "eks-istio:cluster.secretsKeyArn",
      value: "arn:aws:kms:us-east-1:123456789012:key/0f1e2d3c",
      rule: "is in us-east-1, and EKS takes keys of its own region only",
      fix: "Use a key in ap-northeast-2.",
    },
  );

  refuses("a KMS key by alias", cluster({ secretsKeyArn: "alias/eks" }), {
    key: "eks-istio:cluster.secretsKeyArn",
    value: "alias/eks",
    rule: "must be the ARN of a KMS key",
    fix: 'Write it like "arn:aws:kms:us-east-1:123456789012:key/0f1e2d3c".',
  });

  accepts("fewer logs, kept for longer", cluster({ logs: { types: ["audit"], retentionDays: 365 } }));

  refuses("a log that EKS doesn't write", cluster({ logs: { types: ["audits"] } }), {
    key: "eks-istio:cluster.logs.types[0]",
    value: "audits",
    rule: "must be one of api, audit, authenticator, controllerManager, scheduler",
    fix: 'Did you mean "audit"?',
  });

  it("overrides the version of one add-on", () => {
    assert.deepEqual(settingsOf(cluster({ addons: { coredns: "v1.14.6-eksbuild.5" } })).cluster.addons, {
      coredns: "v1.14.6-eksbuild.5",
    });
  });

  accepts(
    "the first EBS CSI driver that tags volumes with their cluster",
    cluster({ addons: { "aws-ebs-csi-driver": "v1.58.0-eksbuild.1" } }),
  );
  for (const version of ["v1.57.1-eksbuild.1", "v0.99.0-eksbuild.1"])
    refuses(`an EBS CSI driver that doesn't, ${version}`, cluster({ addons: { "aws-ebs-csi-driver": version } }), {
      key: "eks-istio:cluster.addons.aws-ebs-csi-driver",
      value: version,
      rule: "must be v1.58 or newer: older drivers don't tag volumes with the cluster's name, and the driver's role is for volumes with that tag alone",
      fix: "Write a newer version, or remove it for the pinned one.",
    });

  refuses("an add-on version that isn't fixed", cluster({ addons: { coredns: "latest" } }), {
    key: "eks-istio:cluster.addons.coredns",
    value: "latest",
    rule: "must be an EKS add-on version",
    fix: 'Write it like "v1.14.6-eksbuild.4".',
  });
});
