import { routePort } from "../../../../../policies/rules/istio/routing/route-port";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

function destination(stack: StackDraft): Loose {
  return stack.object("VirtualService", "bookinfo", "productpage.ingress").spec.http[0].route[0].destination;
}

function ports(stack: StackDraft): Loose[] {
  return stack.object("Service", "bookinfo", "productpage").spec.ports;
}

function addEntry(stack: StackDraft, name: string, port: number): void {
  stack.add({
    apiVersion: "networking.istio.io/v1",
    kind: "ServiceEntry",
    metadata: { name, namespace: "bookinfo" },
    spec: { hosts: ["*.example.org"], ports: [{ number: port, name: "tls", protocol: "TLS" }] },
  } as Loose);
}

export default cases(routePort, {
  breaks: {
    "a port that the Service lacks": {
      change: (stack) => (destination(stack).port.number = 9999),
      finds: [
        "VirtualService bookinfo/productpage.ingress: Service bookinfo/productpage has no port 9999, only 9080, so every request on this route gets a 503. Write port: {number: 9080}.",
      ],
    },
    "the container's port": {
      change: (stack) => Object.assign(ports(stack)[0], { port: 80 }),
      finds: [
        "VirtualService bookinfo/productpage.ingress: Service bookinfo/productpage has no port 9080, only 80, so every request on this route gets a 503. Write the Service's port instead of the container's: 80.",
      ],
    },
    "no port where the Service has two": {
      change: (stack) => {
        ports(stack).push({ name: "http-admin", port: 9443, targetPort: 9443 });
        delete destination(stack).port;
      },
      finds: [
        'VirtualService bookinfo/productpage.ingress: Service bookinfo/productpage has the ports 9080 and 9443, and the route to "productpage.bookinfo.svc.cluster.local" names none: Istio takes the port that the request came in on, and answers 503 if that is none of them. Add port: {number: 9080}, or whichever of them is meant.',
      ],
    },
    "no port in the mesh, to another host": {
      change: (stack) => {
        ports(stack).push({ name: "http-admin", port: 9443, targetPort: 9443 });
        stack.object("VirtualService", "bookinfo", "reviews").spec.http[0].route[0].destination = {
          host: "productpage",
        };
      },
      finds: [
        'VirtualService bookinfo/reviews: Service bookinfo/productpage has the ports 9080 and 9443, and the route to "productpage" names none: Istio takes the port that the request came in on, and answers 503 if that is none of them. Add port: {number: 9080}, or whichever of them is meant.',
      ],
    },
    "a port that a ServiceEntry lacks": {
      change: (stack) => {
        addEntry(stack, "api", 443);
        destination(stack).host = "api.example.org";
      },
      finds: [
        "VirtualService bookinfo/productpage.ingress: ServiceEntry bookinfo/api has no port 9080, only 443, so every request on this route gets a 503. Write port: {number: 443}.",
      ],
    },
    "a port that none of a host's ServiceEntries has": {
      change: (stack) => {
        addEntry(stack, "api", 443);
        addEntry(stack, "more", 8443);
        destination(stack).host = "api.example.org";
      },
      finds: [
        "VirtualService bookinfo/productpage.ingress: ServiceEntry bookinfo/api and ServiceEntry bookinfo/more have no port 9080, only 443 and 8443, so every request on this route gets a 503. Write port: {number: 443}.",
      ],
    },
  },
  keeps: {
    "a port of another ServiceEntry of the host": (stack) => {
      addEntry(stack, "api", 443);
      addEntry(stack, "more", 9080);
      destination(stack).host = "api.example.org";
    },
    "no port where the Service has one": (stack) => delete destination(stack).port,
    "no port in the mesh, where the host's own is kept": (stack) => {
      stack.object("Service", "bookinfo", "reviews").spec.ports.push({ name: "http-admin", port: 9443 });
      for (const { route } of stack.object("VirtualService", "bookinfo", "reviews").spec.http)
        for (const entry of route) delete entry.destination.port;
    },
    "no port where the other one is UDP": (stack) => {
      ports(stack).push({ name: "dns", port: 53, protocol: "UDP" });
      delete destination(stack).port;
    },
    "any port of a Service that others make": (stack) =>
      Object.assign(destination(stack), { host: "points.loyalty.svc.cluster.local", port: { number: 1 } }),
  },
});
