import { gatewaySecret } from "../../../../../policies/rules/istio/gateway/gateway-secret";
import { unknown } from "../../../../../policies/engine/value";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

/** A server with a certificate of its own, and a Secret for another one beside the gateway's pods. */
function serve(stack: StackDraft, tls: Loose = {}, port: Loose = {}): void {
  stack.object("Gateway", "istio-ingress", "wildcard").spec.servers.push({
    hosts: ["shop.example.org"],
    port: { number: 8443, name: "https", protocol: "HTTPS", ...port },
    tls: { mode: "SIMPLE", credentialName: "shop-tls", ...tls },
  });
  secret(stack, "other", "istio-ingress", { "tls.crt": "", "tls.key": "" });
}

function secret(stack: StackDraft, name: string, namespace: string, data: Loose): void {
  stack.add({ apiVersion: "v1", kind: "Secret", metadata: { name, namespace }, data } as Loose);
}

/** An object that makes a Secret. */
function maker(stack: StackDraft, kind: string, namespace: string, spec: Loose, name = "shop"): void {
  const apiVersion = kind === "Certificate" ? "cert-manager.io/v1" : "external-secrets.io/v1";
  stack.add({ apiVersion, kind, metadata: { name, namespace }, spec } as Loose);
}

export default cases(gatewaySecret, {
  breaks: {
    "no Secret of that name": {
      change: (stack) => {
        serve(stack);
      },
      finds: [
        "Gateway istio-ingress/wildcard: no Secret shop-tls exists in the namespace istio-ingress, where the gateway's pods are: TLS connections to its hosts are reset. Make it there. If somebody else does, name \"Secret istio-ingress/shop-tls\" under outside in the policies' configuration.",
      ],
    },
    "a Secret beside the application": {
      change: (stack) => {
        serve(stack);
        stack.remove("Secret", "other");
        secret(stack, "shop-tls", "bookinfo", { "tls.crt": "", "tls.key": "" });
      },
      finds: [
        "Gateway istio-ingress/wildcard: no Secret shop-tls exists in the namespace istio-ingress, where the gateway's pods are (Secret bookinfo/shop-tls is of no use to them): TLS connections to its hosts are reset. Put it into istio-ingress. If somebody else does, name \"Secret istio-ingress/shop-tls\" under outside in the policies' configuration.",
      ],
    },
    "a Certificate beside the application": {
      change: (stack) => {
        serve(stack);
        stack.remove("Secret", "other");
        maker(stack, "Certificate", "bookinfo", { secretName: "shop-tls" });
      },
      finds: [
        "Gateway istio-ingress/wildcard: no Secret shop-tls exists in the namespace istio-ingress, where the gateway's pods are (the one that Certificate bookinfo/shop makes beside itself is of no use to them): TLS connections to its hosts are reset. Put Certificate bookinfo/shop into istio-ingress. If somebody else does, name \"Secret istio-ingress/shop-tls\" under outside in the policies' configuration.",
      ],
    },
    "a Certificate that is called like the Secret, but makes another one": {
      change: (stack) => {
        serve(stack);
        maker(stack, "Certificate", "istio-ingress", { secretName: "shop-certificate" }, "shop-tls");
      },
      finds: [
        "Gateway istio-ingress/wildcard: no Secret shop-tls exists in the namespace istio-ingress, where the gateway's pods are: TLS connections to its hosts are reset. Make it there. If somebody else does, name \"Secret istio-ingress/shop-tls\" under outside in the policies' configuration.",
      ],
    },
    "a Secret with other keys": {
      change: (stack) => {
        serve(stack);
        secret(stack, "shop-tls", "istio-ingress", { "cert.pem": "", "key.pem": "" });
      },
      finds: [
        "Gateway istio-ingress/wildcard: Secret istio-ingress/shop-tls has cert.pem, key.pem where the gateway wants tls.crt and tls.key: TLS connections to its hosts are reset. Name the certificate tls.crt and its key tls.key.",
      ],
    },
    "client certificates without their CA": {
      change: (stack) => {
        serve(stack, { mode: "MUTUAL" });
        secret(stack, "shop-tls", "istio-ingress", { "tls.crt": "", "tls.key": "" });
      },
      finds: [
        "Gateway istio-ingress/wildcard: Secret istio-ingress/shop-tls has no ca.crt, and there is no Secret shop-tls-cacert: with MUTUAL no client can be verified, and all are refused. Add the clients' CA to it as ca.crt.",
      ],
    },
    "the second of two certificates": {
      change: (stack) => {
        serve(stack, { credentialName: undefined, credentialNames: ["other", "shop-ecdsa"] });
      },
      finds: [
        "Gateway istio-ingress/wildcard: no Secret shop-ecdsa exists in the namespace istio-ingress, where the gateway's pods are: TLS connections to its hosts are reset. Make it there. If somebody else does, name \"Secret istio-ingress/shop-ecdsa\" under outside in the policies' configuration.",
      ],
    },
  },
  keeps: {
    "a complete Secret": (stack) => {
      serve(stack);
      secret(stack, "shop-tls", "istio-ingress", { "tls.crt": "", "tls.key": "" });
    },
    "a Secret with the namespace of the pods": (stack) => {
      serve(stack, { credentialName: "istio-ingress/shop-tls" });
      secret(stack, "shop-tls", "istio-ingress", { "tls.crt": "", "tls.key": "" });
    },
    "keys by their other names, and the CA beside it": (stack) => {
      serve(stack, { mode: "MUTUAL" });
      secret(stack, "shop-tls", "istio-ingress", { cert: "", key: "" });
      secret(stack, "shop-tls-cacert", "istio-ingress", { cacert: "" });
    },
    "a Secret that cert-manager makes": (stack) => {
      serve(stack);
      maker(stack, "Certificate", "istio-ingress", { secretName: "shop-tls" });
    },
    "a Secret from elsewhere, by its own name or its maker's": (stack) => {
      serve(stack, { credentialName: undefined, credentialNames: ["shop-tls", "shop-ecdsa"] });
      maker(stack, "ExternalSecret", "istio-ingress", { target: { name: "shop-tls" } });
      maker(stack, "ExternalSecret", "istio-ingress", {}, "shop-ecdsa");
    },
    "a Secret beside the application, which a controller copies": (stack) => {
      serve(stack);
      const annotations = { "reflector.v1.k8s.emberstack.com/reflection-auto-enabled": "true" };
      maker(stack, "Certificate", "bookinfo", { secretName: "shop-tls", secretTemplate: { annotations } });
    },
    "a Certificate of which nobody knows yet what it makes": (stack) => {
      serve(stack);
      maker(stack, "Certificate", "istio-ingress", { secretName: unknown });
    },
    "Secrets that others make": (stack) => {
      serve(stack);
      stack.remove("Secret", "other");
    },
    "a Secret that is filled later": (stack) => {
      serve(stack);
      secret(stack, "shop-tls", "istio-ingress", undefined);
    },
  },
});
