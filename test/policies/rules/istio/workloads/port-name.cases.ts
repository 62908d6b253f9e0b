import { portName } from "../../../../../policies/rules/istio/workloads/port-name";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";
import { add } from "../../kubernetes/drafts";

function port(stack: StackDraft, service: string): Loose {
  return stack.object("Service", "bookinfo", service).spec.ports[0];
}

function addExternal(stack: StackDraft, port: object): Loose {
  return add(stack, {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "far", namespace: "bookinfo" },
    spec: { type: "ExternalName", externalName: "api.example.org", ports: [port] },
  });
}

export default cases(portName, {
  breaks: {
    "a name without a protocol, where a route leads": {
      change: (stack) => (port(stack, "reviews").name = "web"),
      finds: [
        'Service bookinfo/reviews: port 9080 is called "web", which doesn\'t say what it speaks: Istio guesses. Routes lead there: name it after its protocol, e.g. "http-web" or "tcp-web".',
      ],
      severity: "mandatory",
    },
    "no name, where no route leads": {
      change: (stack) => delete port(stack, "details").name,
      finds: [
        'Service bookinfo/details: port 9080 doesn\'t say what it speaks: Istio guesses. Name it after its protocol, e.g. "http" or "tcp".',
      ],
      severity: "advisory",
    },
    "an appProtocol that Istio doesn't know, against the name": {
      change: (stack) => (port(stack, "details").appProtocol = "example.com/own"),
      finds: [
        'Service bookinfo/details: port 9080 has the appProtocol "example.com/own", which doesn\'t tell Istio what it speaks: Istio guesses. Name it after its protocol, e.g. "http" or "tcp".',
      ],
    },
    "a name that runs into the port's number": {
      change: (stack) => (port(stack, "details").name = "http9080"),
      finds: [
        'Service bookinfo/details: port 9080 is called "http9080", which doesn\'t say what it speaks: Istio guesses. Name it after its protocol, e.g. "http-9080".',
      ],
    },
    "an ExternalName that doesn't say": {
      change: (stack) => addExternal(stack, { port: 443, name: "api" }),
      finds: [
        'Service bookinfo/far: port 443 of an ExternalName doesn\'t say what it speaks: its listener takes that port of every address, and breaks what else is there. Name it after its protocol, e.g. "tls" or "http-api".',
      ],
      severity: "advisory",
    },
    "an ExternalName of plain TCP": {
      change: (stack) => addExternal(stack, { port: 443, name: "tcp" }),
      finds: [
        'Service bookinfo/far: port 443 of an ExternalName is plain tcp: its listener takes that port of every address, and breaks what else is there. Name it after its protocol, e.g. "tls" or "http-api".',
      ],
    },
  },
  keeps: {
    "every way to say it": (stack) => {
      const names = [
        "http-web",
        "HTTP2",
        "grpc-web-api",
        "grpc",
        "tcp-db",
        "https",
        "tls-x",
        "mongo",
        "redis",
        "mysql",
      ];
      stack.object("Service", "bookinfo", "details").spec.ports = names.map((name, index) => ({ name, port: index }));
    },
    "an appProtocol": (stack) => Object.assign(port(stack, "details"), { name: "web", appProtocol: "http" }),
    "an appProtocol of Kubernetes": (stack) => (port(stack, "details").appProtocol = "kubernetes.io/h2c"),
    "a port that is TCP to everybody": (stack) =>
      (stack.object("Service", "bookinfo", "details").spec.ports = [{ port: 3306 }]),
    UDP: (stack) => (stack.object("Service", "bookinfo", "details").spec.ports = [{ port: 5, protocol: "UDP" }]),
    "Istio's own Services": (stack) =>
      add(stack, {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "istiod", namespace: "istio-system" },
        spec: { ports: [{ port: 15012, name: "xds" }] },
      }),
    "Kubernetes' own Services": (stack) =>
      add(stack, {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "metrics-server", namespace: "kube-system" },
        spec: { ports: [{ port: 443 }] },
      }),
    "a Service that Istio makes for the Gateway API": (stack) => {
      port(stack, "details").name = "web";
      stack.object("Service", "bookinfo", "details").metadata.labels["gateway.istio.io/managed"] =
        "istio.io-gateway-controller";
    },
    "a gateway's health port": (stack) =>
      stack.object("Service", "bookinfo", "details").spec.ports.push({ port: 15021, name: "status-port" }),
    "what Kubernetes has itself": (stack) =>
      add(stack, {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "dns", namespace: "kube-system" },
        spec: { ports: [{ port: 8080, name: "web" }] },
      }),
    "an ExternalName that says it": (stack) => addExternal(stack, { port: 443, name: "tls" }),
  },
});
