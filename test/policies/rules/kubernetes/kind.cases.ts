import { kind } from "../../../../policies/rules/kubernetes/kind";
import { cases } from "../../cases";
import type { Loose, StackDraft } from "../../stack";
import { add } from "./drafts";

function addKind(stack: StackDraft, apiVersion: string, kind: string): Loose {
  return add(stack, { apiVersion, kind, metadata: { name: "own", namespace: "shop" } });
}

export default cases(kind, {
  breaks: {
    "an API group one letter off": {
      change: (stack) => addKind(stack, "networking.istio.oi/v1", "VirtualService"),
      finds: [
        "VirtualService shop/own: there is no API group networking.istio.oi: the API server refuses this VirtualService. Did you mean networking.istio.io/v1?",
      ],
      severity: "mandatory",
    },
    "a short API group one letter off": {
      change: (stack) => addKind(stack, "app/v1", "Deployment"),
      finds: [
        "Deployment shop/own: there is no API group app: the API server refuses this Deployment. Did you mean apps/v1?",
      ],
    },
    "a version that Istio doesn't serve": {
      change: (stack) => addKind(stack, "networking.istio.io/v1alpha2", "VirtualService"),
      finds: [
        "VirtualService shop/own: networking.istio.io/v1alpha2 has no kind VirtualService: the API server refuses it. Write networking.istio.io/v1 or networking.istio.io/v1alpha3 or networking.istio.io/v1beta1.",
      ],
    },
    "a version of Istio's that this kind never had": {
      change: (stack) => addKind(stack, "networking.istio.io/v1", "EnvoyFilter"),
      finds: [
        "EnvoyFilter shop/own: networking.istio.io/v1 has no kind EnvoyFilter: the API server refuses it. Write networking.istio.io/v1alpha3.",
      ],
    },
    "a misspelt kind of Istio's": {
      change: (stack) => addKind(stack, "networking.istio.io/v1", "VirtualServices"),
      finds: [
        "VirtualServices shop/own: networking.istio.io/v1 has no kind VirtualServices: the API server refuses it. Did you mean VirtualService?",
      ],
    },
    "a kind of Istio's in another group of it": {
      change: (stack) => addKind(stack, "networking.istio.io/v1", "AuthorizationPolicy"),
      finds: [
        "AuthorizationPolicy shop/own: networking.istio.io/v1 has no kind AuthorizationPolicy: the API server refuses it. AuthorizationPolicy is in security.istio.io/v1.",
      ],
    },
    "a kind that Istio never had": {
      change: (stack) => addKind(stack, "security.istio.io/v1", "Firewall"),
      finds: [
        "Firewall shop/own: security.istio.io/v1 has no kind Firewall: the API server refuses it. Istio 1.31 has AuthorizationPolicy, PeerAuthentication, RequestAuthentication there.",
      ],
    },
    "a group that Istio gave up": {
      change: (stack) => addKind(stack, "rbac.istio.io/v1alpha1", "ServiceRole"),
      finds: [
        "ServiceRole shop/own: Istio gave the API group rbac.istio.io up years ago: the API server refuses this ServiceRole. Write the same as an AuthorizationPolicy, RequestAuthentication, PeerAuthentication or Telemetry.",
      ],
    },
    "an old version of Istio's": {
      change: (stack) => addKind(stack, "networking.istio.io/v1alpha3", "Gateway"),
      finds: [
        "Gateway shop/own: networking.istio.io/v1alpha3 is an old name of networking.istio.io/v1, which Istio will stop to serve one day. Write networking.istio.io/v1: nothing else changes.",
      ],
      severity: "advisory",
    },
    "a version that Kubernetes took away": {
      change: (stack) => addKind(stack, "policy/v1beta1", "PodDisruptionBudget"),
      finds: [
        "PodDisruptionBudget shop/own: Kubernetes 1.25 took policy/v1beta1 away: the API server refuses this PodDisruptionBudget. Write policy/v1, and mend what is different there.",
      ],
      severity: "mandatory",
    },
    "a kind of Kubernetes' in the core group": {
      change: (stack) => addKind(stack, "v1", "Deployment"),
      finds: ["Deployment shop/own: v1 has no kind Deployment: the API server refuses it. Deployment is in apps/v1."],
    },
    "a misspelt kind of Kubernetes'": {
      change: (stack) => addKind(stack, "apps/v1", "Deploymet"),
      finds: ["Deploymet shop/own: apps/v1 has no kind Deploymet: the API server refuses it. Did you mean Deployment?"],
    },
  },
  keeps: {
    "kinds of others": (stack) => addKind(stack, "cert-manager.io/v1", "Certificate"),
    "the Gateway API, which has a Gateway as well": (stack) =>
      addKind(stack, "gateway.networking.k8s.io/v1", "Gateway"),
    "a kind of Kubernetes' that people seldom write": (stack) =>
      addKind(stack, "authentication.k8s.io/v1", "TokenReview"),
    "a kind that isn't in the list of its group": (stack) => addKind(stack, "apiextensions.k8s.io/v1", "Anything"),
    "the only version of Istio's that a kind has": (stack) =>
      addKind(stack, "networking.istio.io/v1alpha3", "EnvoyFilter"),
    "a part of an object": (stack) => addKind(stack, "networking.istio.io/v1", "VirtualServicePatch"),
    "the file that istioctl installs from": (stack) => addKind(stack, "install.istio.io/v1alpha1", "IstioOperator"),
  },
});
