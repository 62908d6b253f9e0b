import assert from "node:assert/strict";
import { settingsOf } from "../../stack";
import { accepts, cluster, refuses } from "../verdicts";

const taint = (effect: string) => ({ key: "dedicated", value: "ml", effect });
const nodeGroups = (groups: object) => cluster({ nodeGroups: groups });

describe("node groups", () => {
  it("are one of three m6i.large, unless the stack file says otherwise", () => {
    assert.deepEqual(settingsOf().cluster.nodeGroups, {
      default: {
        instanceTypes: ["m6i.large"],
        capacityType: "ON_DEMAND",
        minSize: 3,
        maxSize: 6,
        autoscaled: false,
        diskSize: 50,
        labels: {},
        taints: [],
      },
    });
  });

  accepts("a tainted group beside one that isn't", nodeGroups({ default: {}, ml: { taints: [taint("NO_SCHEDULE")] } }));
  accepts(
    "a taint that pods only would rather avoid",
    nodeGroups({ default: { taints: [taint("PREFER_NO_SCHEDULE")] } }),
  );

  for (const effect of ["NO_SCHEDULE", "NO_EXECUTE"]) {
    const groups = { ml: { taints: [taint(effect)] }, batch: { taints: [taint(effect)] } };
    refuses(`groups that are all tainted ${effect}`, nodeGroups(groups), {
      key: "eks-istio:cluster.nodeGroups",
      value: groups,
      rule: "must have a group without NO_SCHEDULE and NO_EXECUTE taints: CoreDNS, the controller and istiod have nowhere to run",
      fix: "Add a group without taints.",
    });
  }

  refuses("no group at all", nodeGroups({}), {
    key: "eks-istio:cluster.nodeGroups",
    value: {},
    rule: "must have a group without NO_SCHEDULE and NO_EXECUTE taints: CoreDNS, the controller and istiod have nowhere to run",
    fix: "Add a group without taints.",
  });

  refuses("an effect that taints don't have", nodeGroups({ default: {}, ml: { taints: [taint("EVICT")] } }), {
    key: "eks-istio:cluster.nodeGroups.ml.taints[0].effect",
    value: "EVICT",
    rule: "must be one of NO_SCHEDULE, NO_EXECUTE, PREFER_NO_SCHEDULE",
    fix: "Write one of NO_SCHEDULE, NO_EXECUTE, PREFER_NO_SCHEDULE.",
  });

  for (const key of ["", "for ml"]) {
    refuses(`a taint's key "${key}"`, nodeGroups({ default: {}, ml: { taints: [{ key, effect: "NO_SCHEDULE" }] } }), {
      key: "eks-istio:cluster.nodeGroups.ml.taints[0].key",
      value: key,
      rule: "must be the key of a Kubernetes label",
      fix: 'Write it like "dedicated".',
    });
  }
  refuses(
    "a taint's value with a blank",
    nodeGroups({ default: {}, ml: { taints: [{ key: "dedicated", value: "for ml", effect: "NO_SCHEDULE" }] } }),
    {
      key: "eks-istio:cluster.nodeGroups.ml.taints[0].value",
      value: "for ml",
      rule: "must be the value of a Kubernetes label",
      fix: 'Write it like "gpu".',
    },
  );

  accepts("a name of 20 characters", nodeGroups({ ["n".repeat(20)]: {} }));
  refuses("a name of 21 characters", nodeGroups({ ["n".repeat(21)]: {} }), {
    key: `eks-istio:cluster.nodeGroups.${"n".repeat(21)}`,
    value: {},
    rule: "must have a name of at most 20 characters: EKS limits the name that begins with the cluster's",
    fix: "Shorten it.",
  });

  refuses("a label value with a slash", nodeGroups({ default: { labels: { team: "web/checkout" } } }), {
    key: "eks-istio:cluster.nodeGroups.default.labels.team",
    value: "web/checkout",
    rule: "must be the value of a Kubernetes label",
    fix: 'Write it like "checkout".',
  });
  refuses("a label's key with a blank", nodeGroups({ default: { labels: { "web tier": "yes" } } }), {
    key: 'eks-istio:cluster.nodeGroups.default.labels["web tier"]',
    value: "web tier",
    rule: "is a name, and must be the key of a Kubernetes label",
    fix: 'Rename it, e.g. to "web-tier".',
  });
  for (const label of ["kubernetes.io/role", "node.kubernetes.io/team", "k8s.io/team", "eks.amazonaws.com/team"]) {
    refuses(
      `the label ${label}, in a domain that isn't ours to use`,
      nodeGroups({ default: { labels: { [label]: "web" } } }),
      {
        key: `eks-istio:cluster.nodeGroups.default.labels["${label}"]`,
        value: "web",
        rule: "is in a domain that Kubernetes and EKS keep for their own labels",
        fix: "Use one without that domain.",
      },
    );
  }
  accepts(
    "a label in a domain that merely ends like a reserved one",
    nodeGroups({ default: { labels: { "mykubernetes.io/team": "web" } } }),
  );
  refuses("an empty label value", nodeGroups({ default: { labels: { "node.example.com/web": "" } } }), {
    key: 'eks-istio:cluster.nodeGroups.default.labels["node.example.com/web"]',
    value: "",
    rule: "must not be empty: EKS refuses a node's label without a value",
    fix: 'Write a value, e.g. "true".',
  });

  const key = `node.example.com/${"k".repeat(46)}`;
  accepts(
    "a label's and a taint's key of 63 characters",
    nodeGroups({ default: { labels: { [key]: "web" } }, ml: { taints: [{ ...taint("NO_SCHEDULE"), key }] } }),
  );
  refuses(
    "a label's key of 64 characters, its domain included",
    nodeGroups({ default: { labels: { [`${key}k`]: "web" } } }),
    {
      key: `eks-istio:cluster.nodeGroups.default.labels["${key}k"]`,
      value: `${key}k`,
      rule: "is a name, and must have at most 63 characters, its domain included: EKS takes no longer one for nodes",
      fix: "Shorten it, or its domain.",
    },
  );
  refuses(
    "a taint's key of 64 characters",
    nodeGroups({ default: {}, ml: { taints: [{ ...taint("NO_SCHEDULE"), key: `${key}k` }] } }),
    {
      key: "eks-istio:cluster.nodeGroups.ml.taints[0].key",
      value: `${key}k`,
      rule: "must have at most 63 characters, its domain included: EKS takes no longer one for nodes",
      fix: "Shorten it, or its domain.",
    },
  );
  accepts(
    "a taint with an empty value",
    nodeGroups({ default: {}, ml: { taints: [{ ...taint("NO_SCHEDULE"), value: "" }] } }),
  );
});

describe("the sizes of a node group", () => {
  accepts("a group without nodes for now", nodeGroups({ default: {}, batch: { minSize: 0 } }));
  accepts("a fixed size", nodeGroups({ default: { minSize: 4, maxSize: 4, desiredSize: 4 } }));

  refuses("a minimum above the maximum", nodeGroups({ default: { minSize: 7 } }), {
    key: "eks-istio:cluster.nodeGroups.default.minSize",
    value: 7,
    rule: "must not be larger than maxSize, 6",
    fix: "Lower minSize or raise maxSize.",
  });

  for (const desiredSize of [2, 7]) {
    refuses(`${desiredSize} nodes of 3 to 6`, nodeGroups({ default: { desiredSize } }), {
      key: "eks-istio:cluster.nodeGroups.default.desiredSize",
      value: desiredSize,
      rule: "must lie between minSize, 3, and maxSize, 6",
      fix: "Write 3, or leave it out.",
    });
  }

  refuses("half a node", nodeGroups({ default: { minSize: 1.5 } }), {
    key: "eks-istio:cluster.nodeGroups.default.minSize",
    value: 1.5,
    rule: "must be a whole number",
    fix: "Write a whole number.",
  });

  refuses("a disk that the image doesn't fit on", nodeGroups({ default: { diskSize: 19 } }), {
    key: "eks-istio:cluster.nodeGroups.default.diskSize",
    value: 19,
    rule: "must be at least 20",
    fix: "Write 20 or more.",
  });

  refuses("a disk larger than gp3 has", nodeGroups({ default: { diskSize: 16385 } }), {
    key: "eks-istio:cluster.nodeGroups.default.diskSize",
    value: 16385,
    rule: "must be at most 16384",
    fix: "Write 16384 or less.",
  });
});

describe("the instance types of a node group", () => {
  accepts(
    "several types of one architecture",
    nodeGroups({ default: { instanceTypes: ["m6i.large", "m7i-flex.large", "m7a.large"], capacityType: "SPOT" } }),
  );
  accepts(
    "architectures in groups of their own",
    nodeGroups({ intel: { instanceTypes: ["m6i.large"] }, graviton: { instanceTypes: ["m7g.large", "c7gn.large"] } }),
  );

  refuses(
    "types of two architectures in one group",
    nodeGroups({ default: { instanceTypes: ["m6i.large", "m7g.large"] } }),
    {
      key: "eks-istio:cluster.nodeGroups.default.instanceTypes",
      value: ["m6i.large", "m7g.large"],
      rule: "must be of one processor architecture, as a group has one image",
      fix: "Put arm64 and x86_64 types into groups of their own.",
    },
  );

  refuses("a group without types", nodeGroups({ default: { instanceTypes: [] } }), {
    key: "eks-istio:cluster.nodeGroups.default.instanceTypes",
    value: [],
    rule: "must have at least 1 entry",
    fix: "Write 1 entry or more.",
  });

  refuses("a size with a typo", nodeGroups({ default: { instanceTypes: ["m6i.large", "m6i.2xlage"] } }), {
    key: "eks-istio:cluster.nodeGroups.default.instanceTypes[1]",
    value: "m6i.2xlage",
    rule: "is no size that m6i has, by botocore 1.44.8, the enumeration InstanceType of EC2",
    fix: 'Did you mean "m6i.2xlarge"?',
  });

  refuses("a size that other families have", nodeGroups({ default: { instanceTypes: ["t3.metal"] } }), {
    key: "eks-istio:cluster.nodeGroups.default.instanceTypes[0]",
    value: "t3.metal",
    rule: "is no size that t3 has, by botocore 1.44.8, the enumeration InstanceType of EC2",
    fix: "Write one of t3.nano, t3.micro, t3.small, t3.medium, t3.large, t3.xlarge, t3.2xlarge. If AWS has it by now, add it to components/settings/cluster/instance-types.json.",
  });

  accepts("a family that is newer than the list", nodeGroups({ default: { instanceTypes: ["m99i.3xlarge"] } }));

  refuses("a family without a size", nodeGroups({ default: { instanceTypes: ["m6i"] } }), {
    key: "eks-istio:cluster.nodeGroups.default.instanceTypes[0]",
    value: "m6i",
    rule: "must be an EC2 instance type",
    fix: 'Write it like "m6i.large".',
  });
});
