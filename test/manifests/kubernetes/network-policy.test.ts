import assert from "node:assert/strict";
import { flowsOf } from "../../../components/manifests/kubernetes/flows";
import { networkPolicies } from "../../../components/manifests/kubernetes/network-policy";
import { resolveApps } from "../../../components/routing/resolve";
import { closedNamespaces } from "../../../components/settings/namespaces/closed";
import { settingsOf } from "../../stack";
import { letsIn, limitsEgress, type Pod, type Source } from "./admission";

/** Two gateways; an application on each, one in the mesh alone that another's route leads to, and one left open. */
const settings = settingsOf({
  "eks-istio:domain": {
    name: "example.com",
    gateway: "public",
    additional: [{ name: "corp.example.com", gateway: "internal" }],
  },
  "eks-istio:cluster": { version: "1.35", networkPolicies: true },
  "eks-istio:gateways": { public: {}, internal: { scheme: "internal" } },
  "eks-istio:namespaces": { open: { networkPolicies: false }, theirs: { create: false } },
  "eks-istio:apps": {
    web: {
      host: "web",
      namespace: "shop",
      port: 8080,
      routes: [{ match: [{ uri: { prefix: "/pay" } }], to: { service: "ledger", namespace: "bank" } }],
    },
    desk: { host: "desk", domain: "corp.example.com", namespace: "desk", port: 8080 },
    ledger: { namespace: "bank", port: 9000 },
    free: { namespace: "open", port: 8080 },
    foreign: { host: "foreign", namespace: "theirs", port: 8080 },
  },
});
const flows = flowsOf({ ...settings, apps: resolveApps(settings.apps).map(({ routing }) => routing) });
const policies = closedNamespaces(settings).flatMap((namespace) => networkPolicies(namespace, flows));

const pod = (namespace: string, labels = {}): Pod => ({ namespace, labels });
const [web, desk, ledger, free, foreign] = ["shop", "desk", "bank", "open", "theirs"].map((name) =>
  pod(name, { app: name }),
) as [Pod, Pod, Pod, Pod, Pod];
const istiod = pod("istio-system", { app: "istiod", istio: "pilot" });
const gateway = pod("istio-ingress-public", { app: "istio-ingress-public", istio: "ingress-public" });
const internal = pod("istio-ingress-internal", { app: "istio-ingress-internal", istio: "ingress-internal" });
const monitor = pod("monitoring", { app: "prometheus" });

describe("NetworkPolicies", () => {
  for (const [what, from, to, port] of [
    ["a client of a gateway at its port for http", "outside", gateway, 8081],
    ["a client of a gateway at its port for https", "outside", internal, 8443],
    ["the load balancer's health checks", "outside", gateway, 15021],
    ["a gateway to the application of its host", gateway, web, 8080],
    ["a gateway to the application that a route of its host leads to", gateway, ledger, 9000],
    ["another gateway to the application of its own host", internal, desk, 8080],
    ["an application to another one in its namespace, at any port", web, web, 9090],
    ["an application to one of another namespace", desk, ledger, 9000],
    ["an application of a namespace that is left open to another one", free, web, 8080],
    ["an application of a namespace that others made to another one", foreign, web, 8080],
    ["a sidecar to istiod", web, istiod, 15012],
    ["a gateway to istiod", gateway, istiod, 15012],
    ["a sidecar of a namespace that the stack file doesn't name to istiod", monitor, istiod, 15012],
    ["the API server to istiod's webhooks", "outside", istiod, 15017],
    ["the kubelet's probes of an application", "node", web, 8080],
    ["the kubelet's probes of a sidecar", "node", web, 15021],
    ["the kubelet's probes of istiod", "node", istiod, 8080],
    ["anybody to a namespace that is left open", monitor, free, 8080],
    ["anybody to a namespace that others made", monitor, foreign, 8080],
  ] as const satisfies readonly (readonly [string, Source, Pod, number])[])
    it(`let in ${what}`, () => assert.ok(letsIn(policies, from, to, port)));

  for (const [what, from, to, port] of [
    ["a pod of a namespace that the stack file doesn't name to an application", monitor, web, 8080],
    ["somebody outside to an application", "outside", web, 8080],
    ["a gateway to an application that has no host on it", gateway, desk, 8080],
    ["another gateway to an application that has no host on it", internal, web, 8080],
    ["another pod of a gateway's namespace to the application", pod(gateway.namespace, { app: "debug" }), web, 8080],
    ["an application to a gateway's metrics", web, gateway, 15090],
    ["anybody to another pod of a gateway's namespace", web, pod(gateway.namespace, { app: "debug" }), 8081],
    ["an application to istiod without TLS", web, istiod, 15010],
    ["an application to istiod's debug pages", web, istiod, 15014],
    ["an application to another pod beside istiod", web, pod("istio-system", { app: "other" }), 15012],
  ] as const satisfies readonly (readonly [string, Source, Pod, number])[])
    it(`keep out ${what}`, () => assert.ok(!letsIn(policies, from, to, port)));

  it("say nothing of what pods connect to: DNS, istiod, AWS, the internet", () =>
    assert.deepEqual(
      [web, desk, ledger, istiod, gateway].filter((each) => limitsEgress(policies, each)),
      [],
    ));

  it("are none where the stack file asks for none", () =>
    assert.deepEqual(closedNamespaces({ ...settings, cluster: { ...settings.cluster, networkPolicies: false } }), []));

  it("close a namespace that others made where the stack file says so", () => {
    const theirs = { ...settings.namespaces.theirs!, networkPolicies: true };
    assert.ok(closedNamespaces({ ...settings, namespaces: { theirs } }).includes("theirs"));
  });

  it("are one for each flow, and last the one that closes the namespace", () => {
    const metadata = (name: string) => ({
      name,
      namespace: "shop",
      annotations: { "pulumi.com/patchForce": "true" },
    });
    const kind = { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" };
    const named = (...values: string[]) => ({
      matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "In", values }],
    });
    assert.deepEqual(
      networkPolicies("shop", flows).map(({ policy }) => policy),
      [
        {
          ...kind,
          metadata: metadata("from-gateway-public"),
          spec: {
            podSelector: {},
            policyTypes: ["Ingress"],
            ingress: [
              {
                from: [
                  {
                    namespaceSelector: named("istio-ingress-public"),
                    podSelector: { matchLabels: { app: "istio-ingress-public", istio: "ingress-public" } },
                  },
                ],
              },
            ],
          },
        },
        {
          ...kind,
          metadata: metadata("from-applications"),
          spec: {
            podSelector: {},
            policyTypes: ["Ingress"],
            ingress: [{ from: [{ namespaceSelector: named("bank", "desk", "open", "shop", "theirs") }] }],
          },
        },
        {
          ...kind,
          metadata: metadata("default-deny-ingress"),
          spec: { podSelector: {}, policyTypes: ["Ingress"] },
        },
      ],
    );
  });
});
