import { schema } from "../../../../policies/rules/kubernetes/schema";
import { unknown } from "../../../../policies/engine/value";
import { resourceOf } from "../../../../policies/engine/resource";
import { cases, type Breaking } from "../../cases";
import type { Loose, StackDraft } from "../../stack";
import { addGateway, addRoute } from "../gateway-api/drafts";
import { add, container, details, podsOf } from "./drafts";

function reviews(stack: StackDraft): Loose {
  return stack.object("VirtualService", "bookinfo", "reviews");
}

const dropped = "is no field: it is refused, or dropped silently.";

/**
 * With nothing in the stack but the objects that findings are about. This rule reads all there is, and every one of
 * these properties is made unknown once: the neighbours would take a minute and show nothing.
 */
function alone(breaks: Readonly<Record<string, Breaking>>): Record<string, Breaking> {
  const filtered = ({ change, finds, ...rest }: Breaking): Breaking => ({
    change: (stack) => {
      change(stack);
      stack.resources = stack.resources.filter((one) =>
        finds.some((text) => text.startsWith(`${resourceOf(one).label}: `)),
      );
    },
    finds,
    ...rest,
  });
  return Object.fromEntries(Object.entries(breaks).map(([name, breaking]) => [name, filtered(breaking)]));
}

export default cases(schema, {
  breaks: alone({
    "a typo deep in a VirtualService": {
      change: (stack) => (reviews(stack).spec.http[1].retires = { attempts: 3 }),
      finds: [`VirtualService bookinfo/reviews: spec.http[1].retires ${dropped} Did you mean retries?`],
      severity: "mandatory",
    },
    "a field that is nowhere near any other": {
      change: (stack) => (reviews(stack).spec.circuitBreaker = {}),
      finds: [
        `VirtualService bookinfo/reviews: spec.circuitBreaker ${dropped} Known here: exportTo, gateways, hosts, http, tcp, tls.`,
      ],
    },
    "a field beside spec, and one in metadata": {
      change: (stack) => {
        reviews(stack).hosts = ["reviews"];
        reviews(stack).metadata.lables = { app: "reviews" };
      },
      finds: [
        `VirtualService bookinfo/reviews: metadata.lables ${dropped} Did you mean labels?`,
        `VirtualService bookinfo/reviews: hosts ${dropped} Known here: spec, status, apiVersion, kind, metadata.`,
      ],
    },
    "typos in a Gateway and a route of the Gateway API": {
      change: (stack) => {
        addGateway(stack, { gatewayClass: "istio" });
        addRoute(stack, { hostname: ["shop.example.com"] });
      },
      finds: [
        `Gateway edge/web: spec.gatewayClass ${dropped} Did you mean gatewayClassName?`,
        `HTTPRoute bookinfo/own: spec.hostname ${dropped} Did you mean hostnames?`,
      ],
    },
    "what the Gateway API doesn't take": {
      change: (stack) => {
        const rules = [
          { matches: [{ path: { type: "Prefix", value: "/" } }], backendRefs: [{ name: "details", port: "http" }] },
        ];
        addRoute(stack, { rules });
      },
      finds: [
        'HTTPRoute bookinfo/own: spec.rules[0].matches[0].path.type is "Prefix", which is none of its values. Write one of Exact, PathPrefix, RegularExpression.',
        "HTTPRoute bookinfo/own: spec.rules[0].backendRefs[0].port is text, which the API server refuses. It must be a whole number. Leave the quotes out.",
      ],
    },
    "a typo in a Deployment": {
      change: (stack) => (container(stack).livenesProbe = {}),
      finds: [
        `Deployment bookinfo/details-v1: spec.template.spec.containers[0].livenesProbe ${dropped} Did you mean livenessProbe?`,
      ],
    },
    "a field at the wrong depth": {
      change: (stack) => (details(stack).spec.containers = []),
      finds: [
        `Deployment bookinfo/details-v1: spec.containers ${dropped} Known here: minReadySeconds, paused, progressDeadlineSeconds, replicas, revisionHistoryLimit, selector, strategy, template.`,
      ],
    },
    "a field named like one of every JavaScript object": {
      change: (stack) => (reviews(stack).spec.constructor = "x"),
      finds: [
        `VirtualService bookinfo/reviews: spec.constructor ${dropped} Known here: exportTo, gateways, hosts, http, tcp, tls.`,
      ],
    },
    "values of the wrong type": {
      change: (stack) => {
        reviews(stack).spec.http[1].route[0].weight = "80";
        reviews(stack).spec.hosts = "reviews";
        reviews(stack).spec.http[1].name = 1;
        reviews(stack).metadata.annotations = ["checked"];
        podsOf(stack).volumes = {};
      },
      finds: [
        "VirtualService bookinfo/reviews: metadata.annotations is a list, which the API server refuses. It must be a map.",
        "VirtualService bookinfo/reviews: spec.hosts is text, which the API server refuses. It must be a list.",
        "VirtualService bookinfo/reviews: spec.http[1].route[0].weight is text, which the API server refuses. It must be a whole number. Leave the quotes out.",
        "VirtualService bookinfo/reviews: spec.http[1].name is a number, which the API server refuses. It must be text. Put it in quotes.",
        "Deployment bookinfo/details-v1: spec.template.spec.volumes is a map, which the API server refuses. It must be a list.",
      ],
      // What a program computes for a text is a text.
      silent: ["spec.http[1].name"],
    },
    "a fraction where only whole numbers go": {
      change: (stack) => (reviews(stack).spec.http[1].route[0].weight = 79.5),
      finds: [
        "VirtualService bookinfo/reviews: spec.http[1].route[0].weight is 79.5, which the API server refuses. It must be a whole number.",
      ],
    },
    "a value that is none of those there are": {
      change: (stack) => {
        const { trafficPolicy } = stack.object("DestinationRule", "bookinfo", "reviews").spec;
        trafficPolicy.loadBalancer = { simple: "ROUND_ROBBIN" };
        stack.object("PeerAuthentication", "istio-system", "default").spec.mtls.mode = "ON";
      },
      finds: [
        'PeerAuthentication istio-system/default: spec.mtls.mode is "ON", which is none of its values. Write one of UNSET, DISABLE, PERMISSIVE, STRICT.',
        'DestinationRule bookinfo/reviews: spec.trafficPolicy.loadBalancer.simple is "ROUND_ROBBIN", which is none of its values. Did you mean ROUND_ROBIN?',
      ],
    },
    "two ways to match at once": {
      change: (stack) => (reviews(stack).spec.http[0].match[0].headers["end-user"].prefix = "t"),
      finds: [
        "VirtualService bookinfo/reviews: spec.http[0].match[0].headers.end-user has exact and prefix. Keep one of exact, prefix, regex.",
      ],
    },
    "what must be there and isn't": {
      change: (stack) => delete stack.object("Gateway", "istio-ingress", "wildcard").spec.servers[0].port.protocol,
      finds: ["Gateway istio-ingress/wildcard: spec.servers[0].port.protocol is missing. Add protocol."],
    },
    "numbers out of range": {
      change: (stack) => {
        reviews(stack).spec.http[1].route[0].destination.port = { number: -1 };
        reviews(stack).spec.http[1].route[1].destination.port = { number: 4294967296 };
      },
      finds: [
        "VirtualService bookinfo/reviews: spec.http[1].route[0].destination.port.number is -1. It must be 0 or more.",
        "VirtualService bookinfo/reviews: spec.http[1].route[1].destination.port.number is 4294967296. It must be 4294967295 or less.",
      ],
    },
    "a size that Kubernetes can't read": {
      change: (stack) => (container(stack).resources.limits.memory = "512MiB"),
      finds: [
        'Deployment bookinfo/details-v1: spec.template.spec.containers[0].resources.limits.memory is "512MiB", which the API server refuses. It must look like ^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$.',
      ],
    },
    "lists and texts that are too short or too long": {
      change: (stack) => {
        const spec = {
          hosts: [],
          addresses: Array.from({ length: 257 }, () => "10.0.0.1"),
          workloadSelector: { labels: { app: "x".repeat(64) } },
        };
        add(stack, {
          apiVersion: "networking.istio.io/v1",
          kind: "ServiceEntry",
          metadata: { name: "far", namespace: "bookinfo" },
          spec,
        });
        add(stack, {
          apiVersion: "security.istio.io/v1",
          kind: "RequestAuthentication",
          metadata: { name: "jwt", namespace: "bookinfo" },
          spec: { jwtRules: [{ issuer: "" }] },
        });
      },
      finds: [
        "ServiceEntry bookinfo/far: spec.hosts is empty. It needs one entry.",
        "ServiceEntry bookinfo/far: spec.addresses has 257 entries. It takes 256 at most.",
        "ServiceEntry bookinfo/far: spec.workloadSelector.labels.app is 64 characters long. It takes 63 at most.",
        "RequestAuthentication bookinfo/jwt: spec.jwtRules[0].issuer is empty. Write something, or leave it out.",
      ],
    },
    "a list of maps or texts instead of one text or number": {
      change: (stack) => (stack.object("Service", "bookinfo", "reviews").spec.ports[0].targetPort = ["http"]),
      finds: [
        "Service bookinfo/reviews: spec.ports[0].targetPort is a list, which the API server refuses. Write text or a number.",
      ],
    },
  }),
  keeps: {
    "fields with nothing in them": (stack) => Object.assign(reviews(stack).spec, { retires: null, foo: undefined }),
    "Pulumi's notes among inputs": (stack) => (reviews(stack).spec.__defaults = []),
    "any annotation and label": (stack) => (reviews(stack).metadata.annotations = { anything: "goes" }),
    "what can't be known yet": (stack) => (reviews(stack).spec.http = unknown),
    "an old version that is still served": (stack) => (reviews(stack).apiVersion = "networking.istio.io/v1beta1"),
    "kinds of others": (stack) =>
      add(stack, { apiVersion: "cert-manager.io/v1", kind: "Issuer", metadata: { name: "own" }, spec: { any: 1 } }),
    "a name of a port, or its number as text": (stack) =>
      (stack.object("Service", "bookinfo", "reviews").spec.ports[0].targetPort = "http"),
    "a part of an object": (stack) =>
      stack.addResource("kubernetes:networking.istio.io/v1:GatewayPatch", "part", {
        apiVersion: "networking.istio.io/v1",
        kind: "Gateway",
        metadata: { name: "part" },
        spec: { servers: [{ port: {} }] },
      }),
    "configuration of any shape inside an EnvoyFilter": (stack) =>
      add(stack, {
        apiVersion: "networking.istio.io/v1alpha3",
        kind: "EnvoyFilter",
        metadata: { name: "own", namespace: "bookinfo" },
        spec: { configPatches: [{ applyTo: "CLUSTER", patch: { operation: "MERGE", value: { any: { thing: 1 } } } }] },
      }),
  },
});
