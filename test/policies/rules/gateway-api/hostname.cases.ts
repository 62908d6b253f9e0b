import { hostname } from "../../../../policies/rules/gateway-api/hostname";
import { cases } from "../../cases";
import { addGateway, addRoute, detailsInMesh } from "./drafts";

const here = "HTTPRoute bookinfo/own:";
const only = "Gateway edge/web has listeners for *.example.com only, and takes nothing for";
const nobody =
  "whoever calls it gets a 404. Write a host within those of the listeners, or add a listener for this one.";

export default cases(hostname, {
  breaks: {
    "a host that the listener doesn't take": {
      change: (stack) => {
        addGateway(stack);
        addRoute(stack, { hostnames: ["shop.example.com", "shop.example.org"] });
      },
      finds: [`${here} ${only} "shop.example.org": ${nobody}`],
      severity: "mandatory",
    },
    "the domain itself, which a wildcard leaves out": {
      change: (stack) => {
        addGateway(stack);
        addRoute(stack, { hostnames: ["example.com"] }, "GRPCRoute");
      },
      finds: [`GRPCRoute bookinfo/own: ${only} "example.com": ${nobody}`],
    },
    "a host of another listener than the one that is named": {
      change: (stack) => {
        const allowedRoutes = { namespaces: { from: "All" } };
        addGateway(stack, {
          listeners: [
            { name: "a", port: 80, protocol: "HTTP", hostname: "a.example.com", allowedRoutes },
            { name: "b", port: 80, protocol: "HTTP", hostname: "b.example.com", allowedRoutes },
          ],
        });
        const parentRefs = [{ name: "web", namespace: "edge", sectionName: "a" }];
        addRoute(stack, { parentRefs, hostnames: ["b.example.com"] });
      },
      finds: [
        `${here} Gateway edge/web has listeners for a.example.com only, and takes nothing for "b.example.com": ${nobody}`,
      ],
    },
    "a second Gateway that takes none of the hosts": {
      change: (stack) => {
        addGateway(stack);
        const listeners = [{ name: "http", port: 80, protocol: "HTTP", hostname: "*.example.org" }];
        addGateway(stack, { listeners }, { name: "internal" });
        const parentRefs = ["web", "internal"].map((name) => ({ name, namespace: "edge" }));
        addRoute(stack, { parentRefs, hostnames: ["shop.example.com"] });
      },
      finds: [
        `${here} Gateway edge/internal has listeners for *.example.org only, and takes nothing for "shop.example.com": the route isn't served there. Take this Gateway out of parentRefs, or add a hostname that its listeners take.`,
      ],
    },
    "a host that two Gateways don't take": {
      change: (stack) => {
        addGateway(stack);
        const listeners = [{ name: "http", port: 80, protocol: "HTTP", hostname: "*.example.org" }];
        addGateway(stack, { listeners }, { name: "internal" });
        const parentRefs = ["web", "internal"].map((name) => ({ name, namespace: "edge" }));
        addRoute(stack, { parentRefs, hostnames: ["a.example.com", "a.example.org", "a.example.net"] });
      },
      finds: [
        `${here} Gateway edge/web and Gateway edge/internal have listeners for *.example.com and *.example.org only, and take nothing for "a.example.net": ${nobody}`,
      ],
    },
    "a host that the Gateway doesn't take whose name has a typo": {
      change: (stack) => {
        addGateway(stack);
        addRoute(stack, { parentRefs: [{ name: "webb", namespace: "edge" }], hostnames: ["shop.example.org"] });
      },
      finds: [`${here} ${only} "shop.example.org": ${nobody}`],
    },
  },
  keeps: {
    "hosts in the listener's wildcard, and one that it is in": (stack) => {
      addGateway(stack);
      addRoute(stack, { hostnames: ["shop.example.com", "a.b.Example.com", "*.com"] });
    },
    "no hosts": (stack) => {
      addGateway(stack);
      addRoute(stack);
    },
    "a listener for all hosts": (stack) => {
      addGateway(stack, { listeners: [{ name: "http", port: 80, protocol: "HTTP" }] });
      addRoute(stack, { hostnames: ["shop.example.org"] });
    },
    "a host that a Gateway may take that isn't here": (stack) => {
      addGateway(stack);
      const parentRefs = [
        { name: "web", namespace: "edge" },
        { name: "public", namespace: "infra" },
      ];
      addRoute(stack, { parentRefs, hostnames: ["shop.example.com", "shop.example.org"] });
    },
    "hosts in the mesh": (stack) => {
      addRoute(stack, { parentRefs: [detailsInMesh], hostnames: ["shop.example.org"] });
    },
  },
});
