import { ingressSecret } from "../../../../policies/rules/kubernetes/ingress-secret";
import { cases } from "../../cases";
import type { StackDraft } from "../../stack";
import { add, addCustom, addIngress, addIngressClass } from "./drafts";

const tls = [{ hosts: ["shop.example.com"], secretName: "certs" }];

function addSecret(stack: StackDraft, name: string): void {
  add(stack, { apiVersion: "v1", kind: "Secret", metadata: { name, namespace: "bookinfo" }, data: {} });
}

export default cases(ingressSecret, {
  breaks: {
    "a Secret that nobody makes": {
      change: (stack) => {
        addSecret(stack, "cert");
        addIngress(stack, { tls });
      },
      finds: [
        `Ingress bookinfo/own: no Secret certs exists in the namespace bookinfo: browsers get a certificate that they don't trust. Did you mean cert? If somebody else makes it, name "Secret bookinfo/certs" under outside in the policies' configuration.`,
      ],
      severity: "mandatory",
    },
  },
  keeps: {
    "a Secret that is here": (stack) => {
      addSecret(stack, "certs");
      addIngress(stack, { tls });
    },
    "a Secret where no Secrets are here": (stack) => addIngress(stack, { tls }),
    "a Secret that cert-manager makes": (stack) => {
      addSecret(stack, "cert");
      addIngress(stack, { tls }, { annotations: { "cert-manager.io/issuer": "letsencrypt" } });
    },
    "a Secret that a controller takes from elsewhere": (stack) => {
      addSecret(stack, "cert");
      const spec = { secretObjects: [{ secretName: "certs", type: "kubernetes.io/tls" }] };
      addCustom(stack, "secrets-store.csi.x-k8s.io/v1", "SecretProviderClass", "aws", spec);
      addIngress(stack, { tls });
    },
    "hosts without a Secret": (stack) => {
      addSecret(stack, "cert");
      addIngress(stack, { tls: [{ hosts: ["shop.example.com"] }] });
    },
    "an ALB, whose certificates are ACM's": (stack) => {
      addSecret(stack, "cert");
      addIngress(stack, { ingressClassName: "alb", tls });
      addIngressClass(stack, "public", "ingress.k8s.aws/alb");
      addIngress(stack, { ingressClassName: "public", tls }, { name: "other" });
    },
  },
});
