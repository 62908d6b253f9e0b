import type { Problem } from "../../../components/settings/errors";
import { apps, checkout, cluster, domain, gateway, mesh, network, refuses, type Keys } from "../verdicts";

const notA = (place: string, value: unknown, kind: string, example = ""): Problem => ({
  key: `eks-istio:${place}`,
  value,
  rule: `must be ${kind}`,
  fix: `Write ${kind}${example}.`,
});
const map = "a map of keys and values";
const names = "a map of names and values";

/** A stack with an application in `shop`, and these overrides of mutual TLS. */
const overrides = (all: object, namespaces: object = {}): Keys => ({
  ...checkout({}),
  ...mesh({ mtls: { overrides: all } }),
  "eks-istio:namespaces": namespaces,
});

describe("a refused value isn't taken for a missing one:", () => {
  refuses(
    "a host, beside what needs one",
    checkout({ host: ["pay"], domain: "example.com", routes: [{ match: [{ gateways: ["default"] }] }] }),
    notA("apps.checkout.host", ["pay"], "a string", ', e.g. "checkout"'),
  );

  refuses(
    "a workload, beside a version's image",
    checkout({ workload: null, versions: { v1: { image: "checkout:1" } } }),
    notA("apps.checkout.workload", null, map),
  );

  refuses(
    "a workload's image, beside a version without one",
    checkout({ workload: { image: "checkout" }, versions: { v1: {} } }),
    {
      key: "eks-istio:apps.checkout.workload.image",
      value: "checkout",
      rule: "must be an image with a fixed tag other than latest, or a digest",
      fix: 'Write it like "registry.example.com/checkout:1.4.2".',
    },
  );

  refuses(
    "outlier detection, beside what needs it",
    checkout({ loadBalancer: { localityLbSetting: { enabled: true } }, outlierDetection: [] }),
    notA("apps.checkout.outlierDetection", [], map),
  );

  refuses(
    "a version that a route names",
    checkout({ versions: { v1: { weight: 100 }, v2: null }, routes: [{ to: "v2" }] }),
    notA("apps.checkout.versions.v2", null, map),
  );

  refuses(
    "a version of another application that a route names",
    apps({
      cart: { routes: [{ to: { service: "orders", version: "v2" } }] },
      orders: { versions: { v1: { weight: 100 }, v2: null } },
    }),
    notA("apps.orders.versions.v2", null, map),
  );

  refuses(
    "a service that a route names a version of",
    apps({
      cart: { routes: [{ to: { service: "web", version: "v1" } }] },
      orders: { service: ["web"], versions: { v1: {} } },
    }),
    notA("apps.orders.service", ["web"], "a string", ', e.g. "checkout"'),
  );

  refuses(
    "the conditions of a route, before another route",
    checkout({ routes: [{ match: "/beta", to: { service: "beta" } }, { to: { service: "web" } }] }),
    notA("apps.checkout.routes[0].match", "/beta", "a list"),
  );

  refuses(
    "further domains, beside an application of one",
    { ...domain({ additional: "example.org" }), ...checkout({ host: "pay", domain: "example.org" }) },
    notA("domain.additional", "example.org", "a list"),
  );

  refuses(
    "the selector of an override, beside its ports and another override",
    overrides({
      metrics: { namespace: "shop", selector: "cart", ports: { "9090": "DISABLE" } },
      shop: { namespace: "shop", mode: "PERMISSIVE" },
    }),
    notA("mesh.mtls.overrides.metrics.selector", "cart", names),
  );

  refuses(
    "the selector of an override for the gateway",
    overrides({ gateway: { namespace: "istio-ingress", selector: "gateway", mode: "PERMISSIVE" } }),
    notA("mesh.mtls.overrides.gateway.selector", "gateway", names),
  );

  refuses(
    "a namespace's entry, beside an override for it",
    overrides({ legacy: { namespace: "legacy", mode: "PERMISSIVE" } }, { legacy: null }),
    notA("namespaces.legacy", null, map),
  );

  refuses(
    "the gateway, beside an override for its namespace",
    {
      ...gateway({ namespace: "edge", resources: { limits: {} } }),
      ...overrides({ edge: { namespace: "edge", selector: { app: "edge" }, mode: "PERMISSIVE" } }),
    },
    ...[
      ["requests", undefined],
      ["limits.cpu", ', e.g. "500m"'],
      ["limits.memory", ', e.g. "256Mi"'],
    ].map(([key, example = ""]) => ({
      key: `eks-istio:gateways.default.resources.${key}`,
      value: undefined,
      rule: "is required",
      fix: `Set it${example}.`,
    })),
  );

  const existing = { privateSubnetIds: ["subnet-00000001", "subnet-00000002"], publicSubnetIds: [] };
  refuses(
    "an existing VPC, beside a gateway with IPv6",
    {
      ...network({ existing: { ...existing, vpcId: "main" } }),
      ...gateway({ scheme: "internal", ipAddressType: "dualstack" }),
    },
    {
      key: "eks-istio:network.existing.vpcId",
      value: "main",
      rule: "must be the id of a VPC",
      fix: 'Write it like "vpc-0123456789abcdef0".',
    },
  );

  refuses(
    "a Kubernetes version that isn't offered, beside an Istio that its stand-in might not run",
    { ...cluster({ version: "1.32" }), ...mesh({ version: "1.29.3" }) },
    {
      key: "eks-istio:cluster.version",
      value: "1.32",
      rule: "must be one of 1.33, 1.34, 1.35, 1.36",
      fix: "Write one of 1.33, 1.34, 1.35, 1.36.",
    },
  );
});

describe("an example that stands in for a malformed entry isn't taken for a repetition:", () => {
  refuses("among the addresses of administrators", cluster({ publicAccessCidrs: ["203.0.113.7", "203.0.113.0/24"] }), {
    key: "eks-istio:cluster.publicAccessCidrs[0]",
    value: "203.0.113.7",
    rule: "must be an IPv4 range in CIDR notation",
    fix: 'Write it like "203.0.113.0/24".',
  });

  refuses(
    "among a certificate's names",
    domain({ certificate: { names: ["api.*.example.com", "*.api.example.com"] } }),
    {
      key: "eks-istio:domain.certificate.names[0]",
      value: "api.*.example.com",
      rule: "must be a DNS name, or a wildcard for one label",
      fix: 'Write it like "*.api.example.com".',
    },
  );

  refuses(
    "among the paths to write to",
    checkout({ workload: { image: "checkout:1", emptyDirs: ["cache", "/tmp", "/health"] } }),
    {
      key: "eks-istio:apps.checkout.workload.emptyDirs[0]",
      value: "cache",
      rule: 'must begin with "/"',
      fix: 'Write it like "/tmp".',
    },
  );

  const vpc = { vpcId: "vpc-0123456789abcdef0", publicSubnetIds: ["subnet-00000001", "subnet-00000002"] };
  refuses(
    "among the subnets",
    network({ existing: { ...vpc, privateSubnetIds: ["private-a", "subnet-0123456789abcdef0"] } }),
    {
      key: "eks-istio:network.existing.privateSubnetIds[0]",
      value: "private-a",
      rule: "must be the id of a subnet",
      fix: 'Write it like "subnet-0123456789abcdef0".',
    },
  );
});
