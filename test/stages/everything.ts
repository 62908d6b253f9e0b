import type { Sections } from "./support";

const image = "registry.example.com/checkout:1.4.2";

/** A stack with something of every kind: the more there is, the more can be wrong about it. */
export const everything: Sections = {
  domain: {
    name: "example.com",
    certificate: { names: ["*.api.example.com"] },
    additional: [
      { name: "example.org", zone: { id: "Z0GIVEN1" } },
      { name: "example.net", zone: { name: "example.net" } },
    ],
  },
  network: { nat: "perZone" },
  cluster: {
    publicAccessCidrs: ["203.0.113.0/24"],
    admins: { platform: "arn:aws:iam::123456789012:role/platform" },
    nodeGroups: { default: {}, batch: { taints: [{ key: "pool", value: "batch", effect: "NO_SCHEDULE" }] } },
  },
  mesh: { mtls: { overrides: { legacy: { namespace: "shop", selector: { app: "stock" }, mode: "PERMISSIVE" } } } },
  gateways: { default: { ipAddressType: "dualstack" } },
  namespaces: { pages: { create: false } },
  apps: {
    checkout: {
      host: "checkout",
      namespace: "shop",
      port: 8080,
      versions: { v1: { weight: 90 }, v2: { weight: 10 } },
      outlierDetection: { consecutive5xxErrors: 5 },
      workload: { image },
    },
    stock: { namespace: "shop", port: 9090, timeout: "2s" },
    home: { host: "@", namespace: "pages", port: 80 },
    offers: { host: "offers", domain: "example.org", namespace: "offers", port: 8080, workload: { image } },
  },
};
