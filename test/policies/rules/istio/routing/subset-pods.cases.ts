import { subsetPods } from "../../../../../policies/rules/istio/routing/subset-pods";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";
import { adding } from "../drafts";

const entry = adding("ServiceEntry");
const rule = adding("DestinationRule");
const route = adding("VirtualService");
const ports = [{ number: 80, name: "http", protocol: "HTTP" }];
const hosts = ["api.example.org"];
const [host] = hosts;

/** A subset of a host outside the cluster, and a route to it. */
function outside(stack: StackDraft, spec: Loose): void {
  entry(stack, { hosts, ports, location: "MESH_EXTERNAL", ...spec });
  rule(stack, { host, subsets: [{ name: "new", labels: { version: "v9" } }] });
  route(stack, { hosts, http: [{ route: [{ destination: { host, subset: "new" } }] }] });
}

function subset(stack: StackDraft): Loose {
  return stack.object("DestinationRule", "bookinfo", "reviews").spec.subsets[0];
}

export default cases(subsetPods, {
  breaks: {
    "a version that no pods have": {
      change: (stack) => (subset(stack).labels.version = "v9"),
      finds: [
        'DestinationRule bookinfo/reviews: subset "v1" selects no pods (version=v9): every request that a route sends to it gets a 503. The pods of Service bookinfo/reviews carry version=v1; version=v2; version=v3. If others deploy the ones that are meant, name "Pod bookinfo/*" under outside in the policies\' configuration.',
      ],
    },
    "a label that no pods have": {
      change: (stack) => (subset(stack).labels = { track: "stable" }),
      finds: [
        'DestinationRule bookinfo/reviews: subset "v1" selects no pods (track=stable): every request that a route sends to it gets a 503. The pods of Service bookinfo/reviews carry app=reviews, version=v1; app=reviews, version=v2; app=reviews, version=v3. If others deploy the ones that are meant, name "Pod bookinfo/*" under outside in the policies\' configuration.',
      ],
    },
    "pods of another Service": {
      change: (stack) => (subset(stack).labels.app = "details"),
      finds: [
        'DestinationRule bookinfo/reviews: subset "v1" selects no pods (app=details, version=v1): every request that a route sends to it gets a 503. The pods of Service bookinfo/reviews carry app=reviews, version=v1; app=reviews, version=v2; app=reviews, version=v3. If others deploy the ones that are meant, name "Pod bookinfo/*" under outside in the policies\' configuration.',
      ],
    },
    "a version that no route leads to yet": {
      change: (stack) =>
        stack
          .object("DestinationRule", "bookinfo", "reviews")
          .spec.subsets.push({ name: "v4", labels: { version: "v4" } }),
      severity: "advisory",
      finds: [
        'DestinationRule bookinfo/reviews: subset "v4" selects no pods (version=v4): every request that a route sends to it would get a 503. The pods of Service bookinfo/reviews carry version=v1; version=v2; version=v3. If others deploy the ones that are meant, name "Pod bookinfo/*" under outside in the policies\' configuration.',
      ],
    },
    "no labels": {
      change: (stack) => delete subset(stack).labels,
      severity: "advisory",
      finds: [
        'DestinationRule bookinfo/reviews: subset "v1" has no labels, so it is all pods of the host: a route to it chooses no version. Add the version\'s labels, or route to the host without a subset.',
      ],
    },
    "no labels on an endpoint of a ServiceEntry, to which a route leads": {
      change: (stack) => {
        outside(stack, {
          resolution: "STATIC",
          endpoints: [{ address: "192.0.2.1", labels: { version: "v1" } }, { address: "192.0.2.2" }],
        });
      },
      severity: "mandatory",
      finds: [
        'DestinationRule bookinfo/own: subset "new" selects no endpoints (version=v9): every request that a route sends to it gets a 503. The endpoints of ServiceEntry bookinfo/own carry version=v1.',
      ],
    },
    "a host that is looked up in DNS": {
      change: (stack) => {
        outside(stack, { resolution: "DNS" });
      },
      finds: [
        'DestinationRule bookinfo/own: subset "new" selects no endpoints (version=v9): every request that a route sends to it gets a 503. The endpoints of ServiceEntry bookinfo/own carry no labels: give them some.',
      ],
    },
  },
  keeps: {
    "an endpoint of a second ServiceEntry": (stack) => {
      const labels = { version: "v9" };
      outside(stack, { resolution: "STATIC", endpoints: [{ address: "192.0.2.1" }] });
      entry(
        stack,
        { hosts, ports, resolution: "STATIC", endpoints: [{ address: "192.0.2.2", labels }] },
        { name: "more" },
      );
    },
    "workloads behind a ServiceEntry": (stack) => {
      outside(stack, { resolution: "STATIC", workloadSelector: { labels: { app: "api" } } });
    },
    "a ServiceEntry that takes any address": (stack) => {
      outside(stack, { resolution: "NONE" });
    },
    "an egress gateway's subset for one host, as in Istio's recipe": (stack) => {
      const metadata = { name: "egress", namespace: "bookinfo" };
      const labels = { istio: "egressgateway" };
      const spec = { selector: labels, ports: [{ port: 80 }] };
      stack.add({ apiVersion: "v1", kind: "Service", metadata, spec } as Loose);
      stack.add({
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata,
        spec: { template: { metadata: { labels }, spec: { containers: [{ name: "istio-proxy" }] } } },
      } as Loose);
      rule(stack, { host: "egress", subsets: [{ name: "cnn" }] });
    },
    "an egress gateway of others": (stack) => {
      rule(stack, { host: "istio-egressgateway.istio-system.svc.cluster.local", subsets: [{ name: "cnn" }] });
    },
    "all pods under a traffic policy of their own": (stack) => {
      const spec = stack.object("DestinationRule", "bookinfo", "reviews").spec;
      spec.subsets.push({ name: "all", trafficPolicy: { loadBalancer: { simple: "ROUND_ROBIN" } } });
    },
    "a zone": (stack) => (subset(stack).labels["topology.kubernetes.io/zone"] = "a"),
    "pods that others deploy": (stack) => {
      stack.remove("Deployment");
      subset(stack).labels.version = "v9";
    },
    "pods of a StatefulSet, and of Argo's Rollout": (stack) => {
      for (const [kind, version] of [
        ["StatefulSet", "v9"],
        ["Rollout", "v8"],
      ] as const)
        stack.add({
          apiVersion: kind === "Rollout" ? "argoproj.io/v1alpha1" : "apps/v1",
          kind,
          metadata: { name: `reviews-${version}`, namespace: "bookinfo" },
          spec: {
            template: {
              metadata: { labels: { app: "reviews", version } },
              spec: { containers: [{ name: "reviews" }] },
            },
          },
        } as Loose);
      subset(stack).labels.version = "v9";
      stack.object("DestinationRule", "bookinfo", "reviews").spec.subsets[1].labels.version = "v8";
    },
    "a Service of others": (stack) =>
      (stack.object("DestinationRule", "bookinfo", "reviews").spec.host = "points.loyalty.svc.cluster.local"),
  },
});
