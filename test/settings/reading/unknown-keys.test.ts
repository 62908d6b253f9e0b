import assert from "node:assert/strict";
import { SettingsError, type Problem } from "../../../components/settings/errors";
import { parseSettings } from "../../../components/settings/settings";
import { stackConfig } from "../../stack";
import { accepts, checkout, cluster, domain, gateway, mesh, network, refuses } from "../verdicts";

describe("a key of the stack file that nobody reads", () => {
  const typos = [
    ["domian", "domain"],
    ["netwrok", "network"],
    ["clusters", "cluster"],
    ["mehs", "mesh"],
    ["gatway", "gateways"],
    ["namespace", "namespaces"],
    ["app", "apps"],
    ["tag", "tags"],
  ] as const;
  for (const [typo, meant] of typos) {
    refuses(
      `${typo}, and suggests ${meant}`,
      { [`eks-istio:${typo}`]: { any: "thing" } },
      {
        key: `eks-istio:${typo}`,
        value: { any: "thing" },
        rule: "is not a known key",
        fix: `Did you mean "${meant}"?`,
      },
    );
  }

  refuses(
    "one that is like none, and lists them all",
    { "eks-istio:monitoring": true },
    {
      key: "eks-istio:monitoring",
      value: true,
      rule: "is not a known key",
      fix: "Remove it. Known here: domain, network, cluster, mesh, gateways, namespaces, external, apps, appsFrom, manifests, tags.",
    },
  );

  refuses(
    "one in a namespace that is nearly the project's",
    { "eks-itsio:apps": {} },
    {
      key: "eks-itsio:apps",
      value: {},
      rule: "is in a namespace that neither this project nor Pulumi reads",
      fix: 'Did you mean "eks-istio:apps"?',
    },
  );

  refuses(
    "one in a namespace that is nearly AWS's",
    { "asw:profile": "platform" },
    {
      key: "asw:profile",
      value: "platform",
      rule: "is in a namespace that neither this project nor Pulumi reads",
      fix: 'Did you mean "aws:profile"?',
    },
  );

  for (const key of ["pulumi:tags", "kubernetes:context", "eks:anything", "aws-native:region", "datadog:apiKey"]) {
    accepts(`${key}, which others read`, { [key]: "value" });
  }
});

describe("a key inside of a section that nobody reads", () => {
  const cases = [
    [domain({ zoen: {} }), "eks-istio:domain.zoen", "zone"],
    [network({ zone: {} }), "eks-istio:network.zone", "zones"],
    [cluster({ nodegroups: {} }), "eks-istio:cluster.nodegroups", "nodeGroups"],
    [cluster({ nodeGroups: { default: { minsize: {} } } }), "eks-istio:cluster.nodeGroups.default.minsize", "minSize"],
    [mesh({ mtls: { overides: {} } }), "eks-istio:mesh.mtls.overides", "overrides"],
    [gateway({ sourceRange: {} }), "eks-istio:gateways.default.sourceRange", "sourceRanges"],
    [
      { ...checkout({}), "eks-istio:namespaces": { shop: { lables: {} } } },
      "eks-istio:namespaces.shop.lables",
      "labels",
    ],
    [checkout({ hots: {} }), "eks-istio:apps.checkout.hots", "host"],
    [checkout({ routes: [{ math: {} }] }), "eks-istio:apps.checkout.routes[0].math", "match"],
    [checkout({ routes: [{ match: [{ url: {} }] }] }), "eks-istio:apps.checkout.routes[0].match[0].url", "uri"],
  ] as const;
  for (const [keys, key, meant] of cases) {
    refuses(`${key}, and suggests ${meant}`, keys, {
      key,
      value: {},
      rule: "is not a known key",
      fix: `Did you mean "${meant}"?`,
    });
  }

  refuses(
    "several in one place",
    checkout({ hots: "pay", prot: 80 }),
    { key: "eks-istio:apps.checkout.hots", value: "pay", rule: "is not a known key", fix: 'Did you mean "host"?' },
    { key: "eks-istio:apps.checkout.prot", value: 80, rule: "is not a known key", fix: 'Did you mean "port"?' },
  );

  refuses("one that is the beginning of another", checkout({ outlier: {} }), {
    key: "eks-istio:apps.checkout.outlier",
    value: {},
    rule: "is not a known key",
    fix: 'Did you mean "outlierDetection"?',
  });

  refuses("one deep inside of an application", checkout({ headers: { request: { sett: {} } } }), {
    key: "eks-istio:apps.checkout.headers.request.sett",
    value: {},
    rule: "is not a known key",
    fix: 'Did you mean "set"?',
  });
});

describe("an encrypted key", () => {
  function problemsWith(secrets: readonly string[], keys = {}): readonly Problem[] {
    try {
      parseSettings({ ...stackConfig(keys), secrets });
      return [];
    } catch (error) {
      if (error instanceof SettingsError) return error.problems;
      throw error;
    }
  }

  it("is refused, and its value isn't shown", () => {
    assert.deepEqual(problemsWith(["eks-istio:domain"]), [
      {
        key: "eks-istio:domain",
        value: "[secret]",
        rule: "is encrypted, and a plan or a policy can't read it",
        fix: "Set it without --secret; put secrets into a Kubernetes Secret, and name that in env.",
      },
    ]);
  });

  it("is allowed for the provider's credentials", () => {
    assert.deepEqual(problemsWith(["aws:profile"], { "aws:profile": "production" }), []);
  });
});

describe("the project's name", () => {
  it("is the namespace of its keys", () => {
    const { values } = stackConfig();
    const renamed = Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key.replace("eks-istio:", "platform:"), value]),
    );
    assert.equal(parseSettings({ project: "platform", stack: "dev", values: renamed }).cluster.name, "platform-dev");
  });
});
