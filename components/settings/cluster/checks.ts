import { Netmask } from "netmask";
import { architectureOf } from "./architecture";
import { checkInstanceTypes } from "./instance-types";
import { privateRanges } from "../network/ranges";
import { longestClusterName } from "./names";
import type { Check, Draft, Report } from "../check";
import { eachRepeated } from "../repeated";

/** Ranges wider than this are no list of administrators' addresses. */
const widestPublicPrefix = 8;

/** Ranges that EKS takes for its public endpoint (containers-roadmap#1349). */
const mostPublicCidrs = 40;

/** The first EBS CSI driver that tags volumes with their cluster, by which its role knows them (aws-ebs-csi-driver#2918). */
const oldestDriver = [1, 58] as const;

/** Names against AWS's limits, access against EKS's rules, node groups against what must run on them. */
export const checkCluster: Check = (draft, report) => {
  if (!draft.cluster) return;
  checkName(draft, report);
  checkAccess(draft, report);
  checkNodeGroups(draft, report);
  if (draft.cluster.publicAccessCidrs.length > mostPublicCidrs)
    report(
      "cluster",
      ["publicAccessCidrs"],
      `has ${draft.cluster.publicAccessCidrs.length} ranges, and EKS takes ${mostPublicCidrs} at most`,
      "Write fewer and wider ones, or come in through the private endpoint.",
    );
  draft.cluster.publicAccessCidrs.forEach((cidr, index) => {
    const block = new Netmask(cidr);
    if (privateRanges.some((range) => range.contains(block))) {
      report(
        "cluster",
        ["publicAccessCidrs", index],
        "is a private range, which nobody comes from over the internet: EKS refuses it",
        "Write the public address that your network has towards the internet. Inside the VPC the private endpoint answers.",
      );
    }
    if (block.bitmask < widestPublicPrefix) {
      report(
        "cluster",
        ["publicAccessCidrs", index],
        "opens the Kubernetes API to the whole internet",
        'List the addresses that administrators come from, e.g. "203.0.113.0/24", or leave publicAccessCidrs out for a private endpoint.',
      );
    }
  });
  const driver = draft.cluster.addons["aws-ebs-csi-driver"];
  const [major = 0, minor = 0] = (driver ?? "").slice(1).split(".").map(Number);
  if (driver && (major < oldestDriver[0] || (major === oldestDriver[0] && minor < oldestDriver[1])))
    report(
      "cluster",
      ["addons", "aws-ebs-csi-driver"],
      `must be v${oldestDriver.join(".")} or newer: older drivers don't tag volumes with the cluster's name, and the driver's role is for volumes with that tag alone`,
      "Write a newer version, or remove it for the pinned one.",
    );
  const keyRegion = draft.cluster.secretsKeyArn?.split(":")[3];
  if (keyRegion && draft.region && keyRegion !== draft.region)
    report(
      "cluster",
      ["secretsKeyArn"],
      `is in ${keyRegion}, and EKS takes keys of its own region only`,
      `Use a key in ${draft.region}.`,
    );
};

function checkName({ cluster, project, stack }: Draft, report: Report): void {
  const name = cluster?.name ?? `${project}-${stack}`;
  if (name.length > longestClusterName) {
    report(
      "cluster",
      ["name"],
      `must have at most ${longestClusterName} characters, and "${name}" has ${name.length}: names that AWS limits to 64 begin with it`,
      "Set a shorter name.",
    );
  } else if (!cluster?.name && !/^[a-z0-9][a-z0-9-]*$/.test(name)) {
    report(
      "cluster",
      ["name"],
      `must be set, as the default "${name}" (project and stack) is not all lowercase letters, digits and hyphens`,
      `Set it, e.g. to "${name.toLowerCase().replace(/[^a-z0-9-]+/g, "-")}".`,
    );
  }
}

function checkAccess({ cluster }: Draft, report: Report): void {
  if (!cluster) return;
  const entries = [
    ...Object.entries(cluster.admins).map(([name, arn]) => ({ arn, path: ["admins", name] })),
    ...Object.entries(cluster.access).map(([name, { principalArn }]) => ({
      arn: principalArn,
      path: ["access", name, "principalArn"],
    })),
  ];
  eachRepeated(
    entries.map(({ arn }) => arn),
    (index) => {
      const entry = entries[index];
      if (entry)
        report(
          "cluster",
          entry.path,
          "has an access entry already, and EKS keeps one for each principal",
          "Remove one of them.",
        );
    },
  );
  for (const { arn, path } of entries) {
    if (arn === cluster.deployer)
      report(
        "cluster",
        path,
        "is the deployer, whom EKS makes an admin by itself; a second entry for it is refused after ten minutes",
        "Remove it here.",
      );
  }
  eachRepeated([...Object.keys(cluster.admins), ...Object.keys(cluster.access)], (index, name) => {
    report("cluster", ["access", name], "is a name under admins, too", "Rename one of them.");
  });
}

function checkNodeGroups({ cluster }: Draft, report: Report): void {
  if (!cluster) return;
  const groups = Object.entries(cluster.nodeGroups);
  const welcoming = groups.filter(
    ([, { taints, maxSize }]) => maxSize > 0 && taints.every(({ effect }) => effect === "PREFER_NO_SCHEDULE"),
  );
  if (welcoming.length === 0)
    report(
      "cluster",
      ["nodeGroups"],
      "must have a group without NO_SCHEDULE and NO_EXECUTE taints: CoreDNS, the controller and istiod have nowhere to run",
      "Add a group without taints.",
    );
  for (const [name, group] of groups) {
    const desired = group.desiredSize ?? group.minSize;
    if (group.minSize > group.maxSize)
      report(
        "cluster",
        ["nodeGroups", name, "minSize"],
        `must not be larger than maxSize, ${group.maxSize}`,
        "Lower minSize or raise maxSize.",
      );
    else if (desired < group.minSize || desired > group.maxSize)
      report(
        "cluster",
        ["nodeGroups", name, "desiredSize"],
        `must lie between minSize, ${group.minSize}, and maxSize, ${group.maxSize}`,
        `Write ${group.minSize}, or leave it out.`,
      );
    checkInstanceTypes(["nodeGroups", name, "instanceTypes"], group.instanceTypes, report);
    const architectures = new Set(group.instanceTypes.map(architectureOf));
    if (architectures.size > 1)
      report(
        "cluster",
        ["nodeGroups", name, "instanceTypes"],
        "must be of one processor architecture, as a group has one image",
        "Put arm64 and x86_64 types into groups of their own.",
      );
    for (const label of Object.keys(group.labels)) {
      if (/(^|\.)(kubernetes\.io|k8s\.io|eks\.amazonaws\.com)\//.test(label))
        report(
          "cluster",
          ["nodeGroups", name, "labels", label],
          "is in a domain that Kubernetes and EKS keep for their own labels",
          "Use one without that domain.",
        );
    }
    if (name.length > 20)
      report(
        "cluster",
        ["nodeGroups", name],
        "must have a name of at most 20 characters: EKS limits the name that begins with the cluster's",
        "Shorten it.",
      );
  }
}
