import { routeDestination } from "../../../../../policies/rules/istio/routing/route-destination";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

function destination(stack: StackDraft): Loose {
  return stack.object("VirtualService", "bookinfo", "reviews").spec.http[0].route[0].destination;
}

function entry(stack: StackDraft, host: string): void {
  stack.add({
    apiVersion: "networking.istio.io/v1",
    kind: "ServiceEntry",
    metadata: { name: "entry", namespace: "bookinfo" },
    spec: { hosts: [host], ports: [{ number: 443, name: "tls", protocol: "TLS" }], resolution: "DNS" },
  } as Loose);
}

export default cases(routeDestination, {
  breaks: {
    "a Service that nobody makes": {
      change: (stack) => (destination(stack).host = "review.bookinfo.svc.cluster.local"),
      finds: [
        'VirtualService bookinfo/reviews: no Service review exists in the namespace bookinfo, so every request to "review.bookinfo.svc.cluster.local" gets a 503. Did you mean reviews? If somebody else deploys it, name "Service bookinfo/review" under outside in the policies\' configuration.',
      ],
    },
    "a subset that its DestinationRule doesn't define": {
      change: (stack) => (destination(stack).subset = "v4"),
      finds: [
        'VirtualService bookinfo/reviews: subset "v4" of reviews.bookinfo is defined nowhere, so every request on this route gets a 503. Did you mean v1? Or define it in DestinationRule bookinfo/reviews.',
      ],
    },
    "a subset of a Service without a DestinationRule": {
      change: (stack) => Object.assign(destination(stack), { host: "details", subset: "v1" }),
      finds: [
        'VirtualService bookinfo/reviews: subset "v1" of details.bookinfo is defined nowhere, so every request on this route gets a 503. Define it in a DestinationRule for details.bookinfo.svc.cluster.local. If somebody else does, name "DestinationRule bookinfo/*" under outside in the policies\' configuration.',
      ],
    },
    "a mirror that leads nowhere": {
      change: (stack) =>
        (stack.object("VirtualService", "bookinfo", "reviews").spec.http[0].mirror = { host: "revues" }),
      finds: [
        'VirtualService bookinfo/reviews: no Service revues exists in the namespace bookinfo, so every request to "revues" gets a 503. Did you mean reviews? If somebody else deploys it, name "Service bookinfo/revues" under outside in the policies\' configuration.',
      ],
    },
    "one of several mirrors, and a TCP route, that lead nowhere": {
      change: (stack) => {
        const { spec } = stack.object("VirtualService", "bookinfo", "reviews");
        spec.http[0].mirrors = [{ destination: { host: "revues" } }];
        spec.tcp = [{ route: [{ destination: { host: "ratngs" } }] }];
      },
      finds: [
        'VirtualService bookinfo/reviews: no Service revues exists in the namespace bookinfo, so every request to "revues" gets a 503. Did you mean reviews? If somebody else deploys it, name "Service bookinfo/revues" under outside in the policies\' configuration.',
        'VirtualService bookinfo/reviews: no Service ratngs exists in the namespace bookinfo, so every request to "ratngs" gets a 503. Did you mean ratings? If somebody else deploys it, name "Service bookinfo/ratngs" under outside in the policies\' configuration.',
      ],
    },
    "a name with the namespace but without the rest": {
      change: (stack) => {
        destination(stack).host = "details.bookinfo";
        delete destination(stack).subset;
      },
      finds: [
        'VirtualService bookinfo/reviews: "details.bookinfo" is no Service to Istio, which completes names without a dot only, so every request on this route gets a 503. Write details.bookinfo.svc.cluster.local.',
      ],
    },
    "a subset of a ServiceEntry's host": {
      change: (stack) => {
        entry(stack, "api.example.org");
        Object.assign(destination(stack), { host: "api.example.org", subset: "blue" });
      },
      finds: [
        'VirtualService bookinfo/reviews: subset "blue" of api.example.org is defined nowhere, so every request on this route gets a 503. Define it in a DestinationRule for api.example.org. If somebody else does, name "DestinationRule bookinfo/*" under outside in the policies\' configuration.',
      ],
    },
    "a pod behind a Service": {
      change: (stack) => {
        destination(stack).host = "details-0.details.bookinfo.svc.cluster.local";
      },
      finds: [
        'VirtualService bookinfo/reviews: "details-0.details.bookinfo.svc.cluster.local" is a pod\'s name in DNS, and no host to Istio, which knows Service bookinfo/details only: everything on this route fails. Write details.bookinfo.svc.cluster.local, or add a ServiceEntry for the pod. If somebody else makes it, name "ServiceEntry bookinfo/*" under outside in the policies\' configuration.',
      ],
    },
  },
  keeps: {
    "a pod that a ServiceEntry names": (stack) => {
      entry(stack, "details-0.details.bookinfo.svc.cluster.local");
      delete destination(stack).subset;
      destination(stack).host = "details-0.details.bookinfo.svc.cluster.local";
    },
    "Services that Flagger makes": (stack) => {
      const metadata = { name: "cart", namespace: "bookinfo" };
      stack.add({ apiVersion: "flagger.app/v1beta1", kind: "Canary", metadata, spec: {} } as Loose);
      delete destination(stack).subset;
      destination(stack).host = "cart-primary";
    },
    "a pod of others": (stack) => {
      delete destination(stack).subset;
      destination(stack).host = "points-0.points.loyalty.svc.cluster.local";
    },
    "what Istio and Kubernetes bring along": (stack) => {
      for (const namespace of ["default", "kube-system", "istio-system"])
        stack.add({ apiVersion: "v1", kind: "Service", metadata: { name: "other", namespace }, spec: {} } as Loose);
      stack.resources = stack.resources.filter(({ type }) => type !== "kubernetes:helm.sh/v3:Release");
      const names = ["kubernetes.default", "kube-dns.kube-system", "istiod.istio-system", "istiod-canary.istio-system"];
      stack.object("VirtualService", "bookinfo", "reviews").spec.http = names.map((name) => ({
        route: [{ destination: { host: `${name}.svc.cluster.local` } }],
      }));
    },
    "a short name in the rule's own namespace": (stack) => (destination(stack).host = "reviews"),
    "a Service in a namespace that others fill": (stack) =>
      (destination(stack).host = "points.loyalty.svc.cluster.local"),
    "a host outside the cluster": (stack) => {
      delete destination(stack).subset;
      destination(stack).host = "api.example.org";
    },
    "a Service that a ServiceEntry stands for": (stack) => {
      entry(stack, "legacy.bookinfo.svc.cluster.local");
      delete destination(stack).subset;
      destination(stack).host = "legacy";
    },
    "a Service that a chart may make": (stack) => {
      stack.addResource("kubernetes:helm.sh/v3:Release", "cache", {
        name: "cache",
        chart: "redis",
        namespace: "bookinfo",
        values: {},
      });
      delete destination(stack).subset;
      destination(stack).host = "cache-master";
    },
    "a subset of a host whose DestinationRules others make": (stack) =>
      Object.assign(destination(stack), { host: "points.loyalty.svc.cluster.local", subset: "v9" }),
  },
});
