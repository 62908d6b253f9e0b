import { egressBypass } from "../../../../../policies/rules/istio/routing/egress-bypass";
import { cases } from "../../../cases";
import type { StackDraft } from "../../../stack";
import { adding } from "../drafts";

const add = { gateway: adding("Gateway"), route: adding("VirtualService"), entry: adding("ServiceEntry") };
const sidecar = adding("Sidecar");

/** A host outside, to which a route leads sidecars and the gateway. */
function leaveByGateway(stack: StackDraft, gateways: readonly string[] = ["mesh", "bookinfo/own"]): void {
  add.gateway(stack, {
    selector: { istio: "ingress" },
    servers: [
      {
        port: { number: 443, name: "tls", protocol: "TLS" },
        hosts: ["api.example.net"],
        tls: { mode: "ISTIO_MUTUAL" },
      },
    ],
  });
  add.entry(stack, {
    hosts: ["api.example.net"],
    location: "MESH_EXTERNAL",
    ports: [{ number: 443, name: "tls", protocol: "TLS" }],
    resolution: "DNS",
  });
  add.route(stack, {
    hosts: ["api.example.net"],
    gateways,
    tcp: [{ match: [{ port: 443 }], route: [{ destination: { host: "api.example.net", port: { number: 443 } } }] }],
  });
}

const finding =
  "VirtualService bookinfo/own: api.example.net is left to by an egress gateway, and sidecars let out everything else as well: a call by an address, at another port or to a name that isn't registered goes around the gateway. Set outboundTrafficPolicy.mode of the mesh to REGISTRY_ONLY (mesh.outboundTrafficPolicy).";

export default cases(egressBypass, {
  breaks: {
    "a way out in a mesh that lets out everything": {
      change: (stack) => {
        leaveByGateway(stack);
        stack.values("istiod").meshConfig.outboundTrafficPolicy = { mode: "ALLOW_ANY" };
      },
      finds: [finding],
    },
  },
  keeps: {
    "a way out in a mesh of registered hosts only": (stack) => {
      leaveByGateway(stack);
      stack.values("istiod").meshConfig.outboundTrafficPolicy = { mode: "REGISTRY_ONLY" };
    },
    "a Sidecar for the whole mesh that says it": (stack) => {
      leaveByGateway(stack);
      sidecar(stack, { outboundTrafficPolicy: { mode: "REGISTRY_ONLY" } }, { namespace: "istio-system" });
    },
    "a host outside that is left to from callers' own pods": (stack) => {
      leaveByGateway(stack, ["mesh"]);
    },
  },
});
