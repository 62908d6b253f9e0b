import type { Loose, StackDraft } from "../../stack";

const group = "gateway.networking.k8s.io";

/** Adds a Gateway of Istio's class: `web` in `edge`, whose listener `http` takes `*.example.com` from any namespace; gives its properties. */
export function addGateway(stack: StackDraft, spec: object = {}, metadata: object = {}): Loose {
  const listener = {
    name: "http",
    port: 80,
    protocol: "HTTP",
    hostname: "*.example.com",
    allowedRoutes: { namespaces: { from: "All" } },
  };
  return stack.add({
    apiVersion: `${group}/v1`,
    kind: "Gateway",
    metadata: { name: "web", namespace: "edge", ...metadata },
    spec: { gatewayClassName: "istio", listeners: [listener], ...spec },
  } as Loose);
}

/** Adds a GatewayClass. */
export function addClass(stack: StackDraft, name: string, controllerName: string): void {
  stack.add({ apiVersion: `${group}/v1`, kind: "GatewayClass", metadata: { name }, spec: { controllerName } } as Loose);
}

/** Adds a route as a file has it that says no namespace: whoever applies it does. */
export function addUnplacedRoute(stack: StackDraft, spec: object = {}): void {
  const rules = [{ backendRefs: [{ name: "details", port: 9080 }] }];
  const parentRefs = [{ name: "web", namespace: "edge" }];
  stack.addUnplaced({
    apiVersion: `${group}/v1`,
    kind: "HTTPRoute",
    metadata: { name: "own" },
    spec: { parentRefs, rules, ...spec },
  } as Loose);
}

/** Adds a route of `bookinfo` at that Gateway to the Service details: an HTTPRoute, unless told otherwise; gives its properties. */
export function addRoute(stack: StackDraft, spec: object = {}, kind = "HTTPRoute", namespace = "bookinfo"): Loose {
  return stack.add({
    apiVersion: `${group}/v1`,
    kind,
    metadata: { name: "own", namespace },
    spec: {
      parentRefs: [{ name: "web", namespace: "edge" }],
      rules: [{ backendRefs: [{ name: "details", port: 9080 }] }],
      ...spec,
    },
  } as Loose);
}

/** Adds a ReferenceGrant: from HTTPRoutes of `bookinfo` to Services of `shop`, unless told otherwise. */
export function addGrant(stack: StackDraft, spec: object = {}, namespace = "shop"): void {
  stack.add({
    apiVersion: `${group}/v1`,
    kind: "ReferenceGrant",
    metadata: { name: "own", namespace },
    spec: {
      from: [{ group, kind: "HTTPRoute", namespace: "bookinfo" }],
      to: [{ group: "", kind: "Service" }],
      ...spec,
    },
  } as Loose);
}

/** A reference to a Service of the sample stack in the mesh. */
export const detailsInMesh = { group: "", kind: "Service", name: "details" } as const;

/** Adds a Service: `cart` in `shop`, with port 80 for the container's 8080. */
export function addCart(stack: StackDraft): Loose {
  return stack.add({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "cart", namespace: "shop" },
    spec: { selector: { app: "cart" }, ports: [{ name: "http", port: 80, targetPort: 8080 }] },
  } as Loose);
}
