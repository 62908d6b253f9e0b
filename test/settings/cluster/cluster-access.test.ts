import { accepts, cluster, refuses } from "../verdicts";

const platform = "arn:aws:iam::123456789012:role/platform";
const audit = "arn:aws:iam::123456789012:role/audit";
const deployer = "arn:aws:iam::123456789012:role/deployer";
const view = { principalArn: audit, policy: "AmazonEKSViewPolicy" };

describe("access to the cluster", () => {
  accepts(
    "admins, further entries and a deployer",
    cluster({ admins: { platform }, access: { audit: view }, deployer }),
  );
  accepts("an IAM user, and a path", cluster({ admins: { root: "arn:aws:iam::123456789012:user/ops/kim" } }));

  const notPrincipals = [
    ["the account", "arn:aws:iam::123456789012:root"],
    ["an assumed role's session", "arn:aws:sts::123456789012:assumed-role/platform/kim"],
    ["a group", "arn:aws:iam::123456789012:group/platform"],
  ] as const;
  for (const [what, arn] of notPrincipals) {
    refuses(`${what} as an admin`, cluster({ admins: { platform: arn } }), {
      key: "eks-istio:cluster.admins.platform",
      value: arn,
      rule: "must be the ARN of an IAM role or user",
      fix: 'Write it like "arn:aws:iam::123456789012:role/platform".',
    });
  }

  refuses("the deployer among the admins", cluster({ admins: { platform, ci: deployer }, deployer }), {
    key: "eks-istio:cluster.admins.ci",
    value: deployer,
    rule: "is the deployer, whom EKS makes an admin by itself; a second entry for it is refused after ten minutes",
    fix: "Remove it here.",
  });

  refuses(
    "the deployer with a further entry",
    cluster({ access: { ci: { ...view, principalArn: deployer } }, deployer }),
    {
      key: "eks-istio:cluster.access.ci.principalArn",
      value: deployer,
      rule: "is the deployer, whom EKS makes an admin by itself; a second entry for it is refused after ten minutes",
      fix: "Remove it here.",
    },
  );

  refuses("one principal as two admins", cluster({ admins: { platform, ops: platform } }), {
    key: "eks-istio:cluster.admins.ops",
    value: platform,
    rule: "has an access entry already, and EKS keeps one for each principal",
    fix: "Remove one of them.",
  });

  refuses("an admin with a further entry", cluster({ admins: { platform: audit }, access: { audit: view } }), {
    key: "eks-istio:cluster.access.audit.principalArn",
    value: audit,
    rule: "has an access entry already, and EKS keeps one for each principal",
    fix: "Remove one of them.",
  });

  refuses("an entry with an admin's name", cluster({ admins: { ops: platform }, access: { ops: view } }), {
    key: "eks-istio:cluster.access.ops",
    value: view,
    rule: "is a name under admins, too",
    fix: "Rename one of them.",
  });

  refuses(
    "a policy that EKS doesn't have",
    cluster({ access: { audit: { principalArn: audit, policy: "view-only" } } }),
    {
      key: "eks-istio:cluster.access.audit.policy",
      value: "view-only",
      rule: "must be one of AmazonEKSClusterAdminPolicy, AmazonEKSAdminPolicy, AmazonEKSAdminViewPolicy, AmazonEKSEditPolicy, AmazonEKSViewPolicy",
      fix: "Write one of AmazonEKSClusterAdminPolicy, AmazonEKSAdminPolicy, AmazonEKSAdminViewPolicy, AmazonEKSEditPolicy, AmazonEKSViewPolicy.",
    },
  );
});
