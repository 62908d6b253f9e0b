import { parent } from "../../../../policies/rules/gateway-api/parent";
import { cases } from "../../cases";
import { addGateway, addRoute, addUnplacedRoute, detailsInMesh } from "./drafts";

const here = "HTTPRoute bookinfo/own:";
const outside = (object: string) =>
  `If somebody else makes it, name "${object}" under outside in the policies' configuration.`;

function at(parentRef: object) {
  return { parentRefs: [{ name: "web", namespace: "edge", ...parentRef }] };
}

function listener(more: object) {
  return { listeners: [{ name: "http", port: 80, protocol: "HTTP", ...more }] };
}

export default cases(parent, {
  breaks: {
    "a Gateway that nobody makes": {
      change: (stack) => {
        addGateway(stack);
        addRoute(stack, at({ name: "webb" }));
      },
      finds: [
        `${here} no Gateway webb of the Gateway API exists in the namespace edge: the route is served nowhere. Did you mean web? ${outside("KubernetesGateway edge/webb")}`,
      ],
      severity: "mandatory",
    },
    "a Gateway of another namespace without its namespace": {
      change: (stack) => {
        addGateway(stack);
        addRoute(stack, { parentRefs: [{ name: "web" }] });
      },
      finds: [
        `${here} no Gateway web of the Gateway API exists in the namespace bookinfo: the route is served nowhere. Did you mean namespace: edge? ${outside("KubernetesGateway bookinfo/web")}`,
      ],
    },
    "a name that several namespaces' Gateways have": {
      change: (stack) => {
        for (const namespace of ["edge", "shop"]) addGateway(stack, {}, { namespace });
        addRoute(stack, { parentRefs: [{ name: "web" }] });
      },
      finds: [
        `${here} no Gateway web of the Gateway API exists in the namespace bookinfo: the route is served nowhere. Did you mean namespace: edge? ${outside("KubernetesGateway bookinfo/web")}`,
      ],
      severity: "advisory",
    },
    "a route whose namespace the command says": {
      change: (stack) => {
        addGateway(stack, listener({}));
        addUnplacedRoute(stack, { parentRefs: [{ name: "web" }] });
        addUnplacedRoute(stack);
      },
      finds: [
        `HTTPRoute default/own: no Gateway web of the Gateway API exists in the namespace default: the route is served nowhere. Did you mean namespace: edge? ${outside("KubernetesGateway default/web")}`,
        `HTTPRoute default/own: Gateway edge/web takes no routes from the namespace default at the listener http: the route is served nowhere. Let allowedRoutes.namespaces of the listener take default, or move the route to edge.`,
      ],
      severity: "advisory",
    },
    "one of Istio's own Gateways": {
      change: (stack) => {
        addGateway(stack, {}, { namespace: "istio-ingress" });
        addRoute(stack, at({ name: "wildcard", namespace: "istio-ingress" }));
      },
      finds: [
        `${here} no Gateway wildcard of the Gateway API exists in the namespace istio-ingress, only one of Istio's: the route is served nowhere. ${outside("KubernetesGateway istio-ingress/wildcard")}`,
      ],
    },
    "a section that no listener has, and a port": {
      change: (stack) => {
        addGateway(stack);
        addRoute(stack, at({ sectionName: "https" }));
        addRoute(stack, at({ port: 443 }), "GRPCRoute");
      },
      finds: [
        "GRPCRoute bookinfo/own: Gateway edge/web has no listener on port 443 (it has 80): the route is served nowhere. Name one of its listeners, or leave port out to attach to all.",
        `${here} Gateway edge/web has no listener "https" (it has http): the route is served nowhere. Did you mean http? Name one of its listeners, or leave sectionName out to attach to all.`,
      ],
    },
    "a namespace that the listener doesn't take by default": {
      change: (stack) => {
        addGateway(stack, listener({}));
        addRoute(stack);
      },
      finds: [
        `${here} Gateway edge/web takes no routes from the namespace bookinfo at the listener http: the route is served nowhere. Let allowedRoutes.namespaces of the listener take bookinfo, or move the route to edge.`,
      ],
    },
    "a namespace without the labels that the listener selects": {
      change: (stack) => {
        const matchExpressions = [{ key: "istio-injection", operator: "NotIn", values: ["enabled"] }];
        const selector = { matchLabels: { "kubernetes.io/metadata.name": "bookinfo" }, matchExpressions };
        addGateway(stack, listener({ allowedRoutes: { namespaces: { from: "Selector", selector } } }));
        addRoute(stack);
      },
      finds: [
        `${here} Gateway edge/web takes no routes from the namespace bookinfo at the listener http: the route is served nowhere. Let allowedRoutes.namespaces of the listener take bookinfo, or move the route to edge.`,
      ],
    },
    "kinds that the listeners don't take": {
      change: (stack) => {
        const allowedRoutes = { namespaces: { from: "All" } };
        const grpc = { ...allowedRoutes, kinds: [{ kind: "GRPCRoute" }] };
        const tls = { mode: "Passthrough" };
        addGateway(stack, {
          listeners: [
            { name: "grpc", port: 80, protocol: "HTTP", allowedRoutes: grpc },
            { name: "tls", port: 443, protocol: "TLS", tls, allowedRoutes },
          ],
        });
        addRoute(stack);
        addRoute(stack, {}, "TCPRoute");
      },
      finds: [
        `${here} Gateway edge/web takes no HTTPRoute at the listeners grpc and tls: the route is served nowhere. Name a listener that takes it, or change the protocol or allowedRoutes.kinds of this one.`,
        "TCPRoute bookinfo/own: Gateway edge/web takes no TCPRoute at the listeners grpc and tls: the route is served nowhere. Name a listener that takes it, or change the protocol or allowedRoutes.kinds of this one.",
      ],
      silent: ["spec.listeners[0].name", "spec.listeners[1].name"],
    },
    "a Service and a ServiceEntry that nobody makes": {
      change: (stack) => {
        stack.add({
          apiVersion: "networking.istio.io/v1",
          kind: "ServiceEntry",
          metadata: { name: "db", namespace: "bookinfo" },
          spec: { hosts: ["db.example.com"] },
        } as never);
        addRoute(stack, {
          parentRefs: [
            { ...detailsInMesh, name: "detail" },
            { group: "networking.istio.io", kind: "ServiceEntry", name: "bd" },
          ],
        });
      },
      finds: [
        `${here} no Service detail exists in the namespace bookinfo, so the route changes no request. Did you mean details? ${outside("Service bookinfo/detail")}`,
        `${here} no ServiceEntry bd exists in the namespace bookinfo, so the route changes no request. ${outside("ServiceEntry bookinfo/bd")}`,
      ],
    },
  },
  keeps: {
    "a route at a Gateway that takes it": (stack) => {
      addGateway(stack);
      addRoute(stack);
      addRoute(stack, at({ sectionName: "http", port: 80 }), "GRPCRoute");
    },
    "a Gateway of a namespace whose Gateways aren't here": (stack) => {
      addGateway(stack);
      addRoute(stack, at({ name: "public", namespace: "infra" }));
    },
    "a Gateway that a chart may make": (stack) => {
      addGateway(stack);
      addRoute(stack, at({ name: "public" }));
      const release = { name: "own", namespace: "edge", chart: "platform", values: {} };
      stack.addResource("kubernetes:helm.sh/v3:Release", "own", release);
    },
    "a namespace that is selected, by its labels or its name": (stack) => {
      const byLabel = { matchLabels: { "istio-injection": "enabled" } };
      const byName = {
        matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "In", values: ["bookinfo"] }],
      };
      for (const [name, selector] of Object.entries({ one: byLabel, two: byName })) {
        addGateway(stack, listener({ allowedRoutes: { namespaces: { from: "Selector", selector } } }), { name });
        addRoute(stack, at({ name }));
      }
    },
    "a namespace that isn't here, and may be selected": (stack) => {
      const selector = { matchLabels: { shared: "true" } };
      addGateway(stack, listener({ allowedRoutes: { namespaces: { from: "Selector", selector } } }));
      addRoute(stack, {}, "HTTPRoute", "shop");
    },
    "one listener of several that takes it": (stack) => {
      addGateway(stack, {
        listeners: [
          { name: "own", port: 80, protocol: "HTTP" },
          { name: "all", port: 81, protocol: "HTTP", allowedRoutes: { namespaces: { from: "All" } } },
        ],
      });
      addRoute(stack);
    },
    "TCP behind TLS that ends at the Gateway": (stack) => {
      const tls = { mode: "Terminate", certificateRefs: [{ name: "cert" }] };
      addGateway(stack, listener({ protocol: "TLS", tls, allowedRoutes: { namespaces: { from: "All" } } }));
      addRoute(stack, {}, "TCPRoute");
    },
    "a protocol of somebody's own": (stack) => {
      addGateway(stack, listener({ protocol: "HBONE", allowedRoutes: { namespaces: { from: "All" } } }));
      addRoute(stack);
    },
    "a Service in the mesh, and kinds that aren't Istio's": (stack) => {
      addRoute(stack, {
        parentRefs: [detailsInMesh, { group: "example.com", kind: "Listener", name: "own" }],
      });
    },
  },
});
