import assert from "node:assert/strict";
import type { Problem } from "../../components/settings/errors";
import { problemsOf } from "../stack";
import { apps, checkout, cluster, domain, mesh, network, refuses } from "./verdicts";

const wideOpen = ["0.0.0.0/0"];
const opensApi: Problem = {
  key: "eks-istio:cluster.publicAccessCidrs[0]",
  value: "0.0.0.0/0",
  rule: "opens the Kubernetes API to the whole internet",
  fix: 'List the addresses that administrators come from, e.g. "203.0.113.0/24", or leave publicAccessCidrs out for a private endpoint.',
};

describe("several mistakes", () => {
  refuses(
    "in several sections at once",
    {
      "aws:region": undefined,
      ...domain({ zone: {} }),
      ...cluster({ publicAccessCidrs: wideOpen }),
      ...mesh({ version: "1.20.8" }),
      ...checkout({ port: 0 }),
    },
    { key: "aws:region", value: undefined, rule: "is required", fix: 'Set it, e.g. "ap-northeast-2".' },
    { key: "eks-istio:apps.checkout.port", value: 0, rule: "must be at least 1", fix: "Write 1 or more." },
    {
      key: "eks-istio:domain.zone",
      value: {},
      rule: "must have exactly one of create, id and name",
      fix: "Write {create: true}, {id: Z…} or {name: …}.",
    },
    opensApi,
    {
      key: "eks-istio:mesh.version",
      value: "1.20.8",
      rule: "is not an Istio this project supports (1.31, 1.30, 1.29)",
      fix: "Write a version of 1.31.",
    },
  );

  it("are told whichever the key of the provider that is wrong", () => {
    assert.deepEqual(
      problemsOf({ "aws:maxRetries": "many", ...network({ zones: ["us-east-1a", "us-east-1b"] }, "us-west-2") }).map(
        ({ key }) => key,
      ),
      ["aws:maxRetries", "eks-istio:network.zones[0]", "eks-istio:network.zones[1]"],
    );
  });
});

describe("a mistake in one key doesn't hide another:", () => {
  refuses(
    "a version without quotes, which Istio doesn't support either",
    { ...cluster({ version: 1.36 }), ...mesh({ version: "1.29.3" }) },
    {
      key: "eks-istio:cluster.version",
      value: 1.36,
      rule: "must be a string, and YAML reads it as a number",
      fix: 'Put it in quotes: "1.36".',
    },
    {
      key: "eks-istio:mesh.version",
      value: "1.29.3",
      rule: "does not support Kubernetes 1.36: Istio 1.29 runs on 1.31, 1.32, 1.33, 1.34, 1.35",
      fix: "Use an Istio that does: 1.31, 1.30.",
    },
  );

  refuses(
    "an unknown key beside an open endpoint",
    cluster({ publicAccessCidrs: wideOpen, unheardOf: "of" }),
    {
      key: "eks-istio:cluster.unheardOf",
      value: "of",
      rule: "is not a known key",
      fix: "Remove it. Known here: name, version, publicAccessCidrs, privateAccessCidrs, admins, access, deployer, deletionProtection, cniPermissions, networkPolicies, secretsKeyArn, logs, nodeGroups, addons.",
    },
    opensApi,
  );

  refuses(
    "an unknown log beside an open endpoint",
    cluster({ publicAccessCidrs: wideOpen, logs: { types: ["everything"] } }),
    {
      key: "eks-istio:cluster.logs.types[0]",
      value: "everything",
      rule: "must be one of api, audit, authenticator, controllerManager, scheduler",
      fix: "Write one of api, audit, authenticator, controllerManager, scheduler.",
    },
    opensApi,
  );

  const versions = { v1: { weight: 90 }, v2: { weight: 20 } };
  const weights: Problem = {
    key: "eks-istio:apps.checkout.versions",
    value: versions,
    rule: "must have weights that add up to 100, and theirs are 90 + 20 = 110",
    fix: "Change the weights.",
  };

  refuses(
    "a bad timeout beside bad weights of the same application",
    checkout({ versions, timeout: "soon" }),
    {
      key: "eks-istio:apps.checkout.timeout",
      value: "soon",
      rule: "must be a duration: a number with one of the units ms, s, m, h",
      fix: 'Write it like "10s".',
    },
    weights,
  );

  refuses(
    "an application without a port beside another's bad weights",
    apps({ cart: { port: undefined }, checkout: { versions } }),
    { key: "eks-istio:apps.cart.port", value: undefined, rule: "is required", fix: "Set it, e.g. 8080." },
    weights,
  );

  refuses(
    "a bad condition of the first route beside a missing version of the second",
    checkout({
      routes: [{ match: [{ uri: { prefix: "api" } }] }, { match: [{ uri: { prefix: "/beta" } }], to: "v2" }],
    }),
    {
      key: "eks-istio:apps.checkout.routes[0].match[0].uri",
      value: { prefix: "api" },
      rule: 'must begin with "/", as every path does',
      fix: "Write it like {prefix: /api}.",
    },
    {
      key: "eks-istio:apps.checkout.routes[1].to",
      value: "v2",
      rule: "is a version of this application, which has no versions in this stack",
      fix: "Add it to versions: {v2: {weight: …}}.",
    },
  );

  refuses(
    "a malformed address beside an open endpoint",
    cluster({ publicAccessCidrs: ["203.0.113.7", "0.0.0.0/0"] }),
    {
      key: "eks-istio:cluster.publicAccessCidrs[0]",
      value: "203.0.113.7",
      rule: "must be an IPv4 range in CIDR notation",
      fix: 'Write it like "203.0.113.0/24".',
    },
    { ...opensApi, key: "eks-istio:cluster.publicAccessCidrs[1]" },
  );

  refuses(
    "a Kubernetes version that isn't offered beside an open endpoint",
    cluster({ version: "1.28", publicAccessCidrs: wideOpen }),
    {
      key: "eks-istio:cluster.version",
      value: "1.28",
      rule: "must be one of 1.33, 1.34, 1.35, 1.36",
      fix: "Write one of 1.33, 1.34, 1.35, 1.36.",
    },
    opensApi,
  );

  refuses(
    "an unknown key and a number without quotes beside bad weights",
    checkout({ versions, hots: "pay", namespace: 42 }),
    {
      key: "eks-istio:apps.checkout.namespace",
      value: 42,
      rule: "must be a string, and YAML reads it as a number",
      fix: 'Put it in quotes: "42".',
    },
    { key: "eks-istio:apps.checkout.hots", value: "pay", rule: "is not a known key", fix: 'Did you mean "host"?' },
    weights,
  );
});

describe("a mistake isn't told twice:", () => {
  const label =
    "must be a DNS label: at most 63 lowercase letters, digits and hyphens, beginning and ending with a letter or digit";

  refuses("node groups that are no map, and so have no untainted one", cluster({ nodeGroups: [] }), {
    key: "eks-istio:cluster.nodeGroups",
    value: [],
    rule: "must be a map of names and values",
    fix: "Write a map of names and values.",
  });

  refuses(
    "taints that are malformed, which might have been none",
    cluster({ nodeGroups: { default: { taints: "none" } } }),
    {
      key: "eks-istio:cluster.nodeGroups.default.taints",
      value: "none",
      rule: "must be a list",
      fix: "Write a list.",
    },
  );

  it("a malformed name, for which the default would be malformed, too", () => {
    assert.deepEqual(
      problemsOf(cluster({ name: "Dev" }), "Dev_2.eu").map(({ key, rule }) => ({ key, rule })),
      [
        {
          key: "eks-istio:cluster.name",
          rule: "must be lowercase letters, digits and hyphens, as names that AWS derives from it allow no others",
        },
      ],
    );
  });

  refuses(
    "an application with a malformed namespace, which an entry is meant for",
    { ...checkout({ namespace: "Shop" }), "eks-istio:namespaces": { shop: {} } },
    {
      key: "eks-istio:apps.checkout.namespace",
      value: "Shop",
      rule: label,
      fix: 'Write it like "checkout".',
    },
  );

  refuses(
    "an application with a malformed port, which another's route names a version of",
    apps({
      cart: { routes: [{ to: { service: "orders", version: "v1" } }] },
      orders: { port: "http", versions: { v1: {} } },
    }),
    {
      key: "eks-istio:apps.orders.port",
      value: "http",
      rule: "must be a number",
      fix: "Write a number, e.g. 8080.",
    },
  );
});
