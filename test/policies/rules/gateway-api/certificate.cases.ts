import { certificate } from "../../../../policies/rules/gateway-api/certificate";
import { cases } from "../../cases";
import type { Loose, StackDraft } from "../../stack";
import { addGateway, addGrant } from "./drafts";

function addSecret(stack: StackDraft, name = "cert", namespace = "edge"): void {
  stack.add({ apiVersion: "v1", kind: "Secret", metadata: { name, namespace }, data: {} } as Loose);
}

function listening(reference: object, more: object = {}) {
  const tls = { mode: "Terminate", certificateRefs: [reference], ...more };
  return { listeners: [{ name: "https", port: 443, protocol: "HTTPS", tls }] };
}

const nobody = "nobody can connect to this listener.";
const group = "gateway.networking.k8s.io";

export default cases(certificate, {
  breaks: {
    "a Secret that nobody makes": {
      change: (stack) => {
        addSecret(stack);
        addGateway(stack, listening({ name: "certs" }));
      },
      finds: [
        `Gateway edge/web: no Secret certs exists in the namespace edge: ${nobody} Did you mean cert? If somebody else makes it, name "Secret edge/certs" under outside in the policies' configuration.`,
      ],
      severity: "mandatory",
    },
    "another namespace's Secret that no grant is for": {
      change: (stack) => {
        addSecret(stack, "cert", "shop");
        addGrant(stack);
        addGateway(stack, listening({ name: "cert", namespace: "shop" }));
      },
      finds: [
        `Gateway edge/web: no ReferenceGrant in the namespace shop lets Gateways of edge name Secret cert: ${nobody} Make a ReferenceGrant in shop, from Gateway in edge to Secret. If somebody else does, name "ReferenceGrant shop/*" under outside in the policies' configuration.`,
      ],
      severity: "mandatory",
    },
  },
  keeps: {
    "a Secret that is here": (stack) => {
      addSecret(stack);
      addGateway(stack, listening({ group: "", kind: "Secret", name: "cert" }));
    },
    "another namespace's Secret that a grant is for": (stack) => {
      addSecret(stack, "cert", "shop");
      addGrant(stack, { from: [{ group, kind: "Gateway", namespace: "edge" }], to: [{ group: "", kind: "Secret" }] });
      addGateway(stack, listening({ name: "cert", namespace: "shop" }));
    },
    "a Secret where no Secrets are here": (stack) => addGateway(stack, listening({ name: "cert" })),
    "a Secret that cert-manager makes, for a Certificate or for the Gateway itself": (stack) => {
      addSecret(stack);
      stack.add({
        apiVersion: "cert-manager.io/v1",
        kind: "Certificate",
        metadata: { name: "own", namespace: "edge" },
        spec: { secretName: "issued" },
      } as Loose);
      addGateway(stack, listening({ name: "issued" }));
      const annotations = { "cert-manager.io/cluster-issuer": "letsencrypt" };
      addGateway(stack, listening({ name: "other" }), { name: "own", annotations });
    },
    "a certificate of another kind": (stack) => {
      addSecret(stack);
      addGateway(stack, listening({ group: "example.com", kind: "Vault", name: "own" }));
    },
  },
});
