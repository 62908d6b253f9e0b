import { backend } from "../../../../policies/rules/gateway-api/backend";
import { cases } from "../../cases";
import { addCustom } from "../kubernetes/drafts";
import { addCart, addGateway, addGrant, addRoute, detailsInMesh } from "./drafts";

const here = "HTTPRoute bookinfo/own:";
const refused = "requests for it are answered with a 500, connections closed.";
const granted = (namespace: string) =>
  `Make a ReferenceGrant in ${namespace}, from HTTPRoute in bookinfo to Service. If somebody else does, name "ReferenceGrant ${namespace}/*" under outside in the policies' configuration.`;

function to(...backendRefs: object[]) {
  return { rules: [{ backendRefs }] };
}

const cart = { name: "cart", namespace: "shop", port: 80 };

export default cases(backend, {
  breaks: {
    "a Service that nobody makes": {
      change: (stack) => addRoute(stack, to({ name: "detail", port: 9080 })),
      finds: [
        `${here} no Service detail exists in the namespace bookinfo: ${refused} Did you mean details? If somebody else deploys it, name "Service bookinfo/detail" under outside in the policies' configuration.`,
      ],
      severity: "mandatory",
    },
    "ports that the Service lacks": {
      change: (stack) => {
        addCart(stack);
        addGrant(stack);
        addRoute(stack, to({ name: "details", port: 80 }, { ...cart, port: 8080 }));
      },
      finds: [
        `${here} Service bookinfo/details has no port 80, only 9080: ${refused} Write port: 9080, or add the port to the Service.`,
        `${here} Service shop/cart has no port 8080, only 80: ${refused} Write the Service's port instead of the container's: 80.`,
      ],
    },
    "no port, and a host": {
      change: (stack) => {
        addRoute(
          stack,
          to({ name: "details" }, { name: "details.bookinfo.svc.cluster.local", port: 9080 }),
          "TCPRoute",
        );
      },
      finds: [
        "TCPRoute bookinfo/own: names no port of Service bookinfo/details: the API server refuses the route. Add the Service's port, by its number.",
        `TCPRoute bookinfo/own: "details.bookinfo.svc.cluster.local" is a host, where the Gateway API wants a Service's name: ${refused} Write the Service's own name, and its namespace beside it.`,
      ],
    },
    "mirrors that lead nowhere": {
      change: (stack) => {
        const mirror = (name: string) => [
          { type: "RequestMirror", requestMirror: { backendRef: { name, port: 9080 } } },
        ];
        const backendRefs = [{ name: "details", port: 9080, filters: mirror("ratngs") }];
        addRoute(stack, { rules: [{ filters: mirror("revues"), backendRefs }] });
      },
      finds: [
        `${here} no Service revues exists in the namespace bookinfo: ${refused} Did you mean reviews? If somebody else deploys it, name "Service bookinfo/revues" under outside in the policies' configuration.`,
        `${here} no Service ratngs exists in the namespace bookinfo: ${refused} Did you mean ratings? If somebody else deploys it, name "Service bookinfo/ratngs" under outside in the policies' configuration.`,
      ],
    },
    "another namespace's Service that no grant is for": {
      change: (stack) => {
        addCart(stack);
        addGrant(stack, { to: [{ group: "", kind: "Service", name: "other" }] });
        addRoute(stack, to(cart));
      },
      finds: [
        `${here} no ReferenceGrant in the namespace shop lets HTTPRoutes of bookinfo name Service cart: ${refused} ${granted("shop")}`,
      ],
      severity: "mandatory",
    },
    "another namespace's Service where no grants are here": {
      change: (stack) => {
        addCart(stack);
        addRoute(stack, to(cart));
      },
      finds: [
        `${here} no ReferenceGrant in the namespace shop lets HTTPRoutes of bookinfo name Service cart: ${refused} ${granted("shop")}`,
      ],
      severity: "advisory",
    },
  },
  keeps: {
    "Services that Istio and operators make": (stack) => {
      addGateway(stack, {}, { name: "egress", namespace: "bookinfo" });
      addCustom(stack, "kibana.k8s.elastic.co/v1", "Kibana", "logs", { count: 1 });
      addCustom(stack, "serving.knative.dev/v1", "Service", "hello", { template: {} });
      for (const name of ["egress-istio", "logs-kb-http", "hello"]) addRoute(stack, to({ name, port: 80 }));
    },
    "Services that exist": (stack) => addRoute(stack),
    "another namespace's Service that a grant is for": (stack) => {
      addCart(stack);
      addGrant(stack, { to: [{ group: "", kind: "Service", name: "cart" }] });
      addRoute(stack, to(cart));
    },
    "another namespace's Service in the mesh, which asks for no grant": (stack) => {
      addCart(stack);
      addRoute(stack, { ...to(cart), parentRefs: [detailsInMesh] });
    },
    "a Service of a namespace whose Services aren't here": (stack) => {
      addRoute(stack, to({ name: "cart", namespace: "shop", port: 80 }));
    },
    "other kinds of backends": (stack) =>
      addRoute(
        stack,
        to(
          { group: "inference.networking.k8s.io", kind: "InferencePool", name: "pool" },
          { group: "networking.istio.io", kind: "Hostname", name: "db.example.com", port: 443 },
        ),
      ),
    "no backends, but a redirect": (stack) =>
      addRoute(stack, {
        rules: [{ filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https" } }] }],
      }),
  },
});
