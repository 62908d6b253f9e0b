import type { Sections } from "./support";

/** A private zone can't prove a domain to ACM: its certificate is given. */
const certificate = { arn: "arn:aws:acm:ap-northeast-2:123456789012:certificate/corp" };

const internal = {
  scheme: "internal",
  sourceRanges: ["10.0.0.0/8"],
  replicas: { min: 2, max: 4 },
};

/** A public gateway and an internal one, each with two domains, and an application on each and on both. */
export const twoGateways: Sections = {
  domain: {
    name: "example.com",
    gateway: "public",
    zone: { id: "Z0PUBLIC" },
    additional: [
      { name: "corp.example.com", gateway: "internal", zone: { id: "Z0PRIVATE" }, certificate },
      { name: "example.org", gateway: "public", zone: { id: "Z0PUBLIC2" } },
      { name: "example.net", gateway: "internal", zone: { id: "Z0PRIVATE2" } },
    ],
  },
  gateways: { public: { ipAddressType: "dualstack" }, internal },
  apps: {
    web: {
      hosts: ["@", "www", { host: "web", domain: "corp.example.com" }, { host: "www", domain: "example.org" }],
      namespace: "shop",
      port: 8080,
      versions: { v1: { weight: 90 }, v2: { weight: 10 } },
      workload: { image: "registry.example.com/web:1.4.2" },
    },
    reports: { host: "reports", domain: "corp.example.com", namespace: "reports", port: 8080 },
  },
};
