import type { Rule, Violation } from "../../engine/rule";
import { clustersOf } from "../../facts/aws/clusters";

/** AWS still mends the Kubernetes version. */
export const eksVersion: Rule = {
  id: "AWS-EKS-VERSION",
  severity: "mandatory",
  title: "the Kubernetes version is in EKS' standard support",
  why: "In extended support the control plane costs six times as much; after it AWS upgrades the cluster on a day of its own choosing.",
  fix: "Upgrade, one minor version at a time.",
  codes: ["CKV_AWS_339"],
  docs: "https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html",

  judge: (inventory, check) =>
    check.each(clustersOf(inventory), (cluster) => {
      const version = cluster.get("version");
      const text = version.text();
      const violation = text === undefined ? undefined : problemOf(text, dayOf(inventory.today));
      if (violation) check.violation(version, violation);
    }),
};

/** When standard and when extended support end: those days are no longer part of it. */
interface Support {
  readonly standard: string;
  readonly extended: string;
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html */
const versions: Readonly<Record<string, Support>> = {
  "1.31": { standard: "2025-11-26", extended: "2026-11-26" },
  "1.32": { standard: "2026-03-23", extended: "2027-03-23" },
  "1.33": { standard: "2026-07-29", extended: "2027-07-29" },
  "1.34": { standard: "2026-12-02", extended: "2027-12-02" },
  "1.35": { standard: "2027-03-27", extended: "2028-03-27" },
  "1.36": { standard: "2027-08-02", extended: "2028-08-02" },
};

const newest = "1.36";

function problemOf(version: string, today: string): Violation | undefined {
  const support = versions[version];
  if (support && today < support.standard) return undefined;
  if (support && today < support.extended)
    return {
      severity: "advisory",
      message: `Kubernetes ${version} left standard support on ${support.standard}: the control plane costs six times as much, and on ${support.extended} AWS upgrades it unasked.`,
      fix: `Upgrade to ${next(version)} now, and on to ${newest}.`,
    };
  if (isNewer(version))
    return {
      severity: "advisory",
      message: `Kubernetes ${version} is newer than any version known here (${newest}), so nobody checked when its support ends.`,
      fix: "Check that EKS and Istio support it, and add it to the table of this rule.",
    };
  return {
    message: support
      ? `Kubernetes ${version} is gone from EKS since ${support.extended}: a new cluster is refused, and AWS upgrades an old one unasked.`
      : `"${version}" is no Kubernetes version that EKS supports: a new cluster is refused, and AWS upgrades an old one unasked.`,
    fix: `Use ${newest}; an existing cluster goes there one minor version at a time.`,
  };
}

/** @example `next("1.33")` is `1.34` */
function next(version: string): string {
  return `1.${minorOf(version) + 1}`;
}

function isNewer(version: string): boolean {
  return /^1\.\d+$/.test(version) && minorOf(version) > minorOf(newest);
}

function minorOf(version: string): number {
  return Number(version.split(".")[1]);
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
