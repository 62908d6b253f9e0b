import { authzFailOpen } from "../../../../../policies/rules/istio/security/authz-fail-open";
import { cases } from "../../../cases";
import type { StackDraft } from "../../../stack";

function provided(stack: StackDraft, provider: object): void {
  stack.values("istiod").meshConfig.extensionProviders = [{ name: "oauth", ...provider }];
}

const service = { service: "opa.opa-system.svc.cluster.local", port: 9191 };

export default cases(authzFailOpen, {
  breaks: {
    "an HTTP authorizer that is passed over while it doesn't answer": {
      change: (stack) => provided(stack, { envoyExtAuthzHttp: { ...service, failOpen: true } }),
      finds: [
        "Release istio-system/istiod: the provider oauth lets every request in while its authorizer doesn't answer. Leave failOpen out, and give the authorizer replicas enough to answer.",
      ],
    },
    "a gRPC authorizer that is passed over while it doesn't answer": {
      change: (stack) => provided(stack, { envoyExtAuthzGrpc: { ...service, failOpen: true } }),
      finds: [
        "Release istio-system/istiod: the provider oauth lets every request in while its authorizer doesn't answer. Leave failOpen out, and give the authorizer replicas enough to answer.",
      ],
    },
    "such an authorizer in the mesh's ConfigMap": {
      change: (stack) => {
        stack.add({
          apiVersion: "v1",
          kind: "ConfigMap",
          metadata: { name: "istio", namespace: "istio-system" },
          data: { mesh: "extensionProviders: [{name: oauth, envoyExtAuthzGrpc: {failOpen: true}}]" },
        } as never);
      },
      finds: [
        "ConfigMap istio-system/istio: the provider oauth lets every request in while its authorizer doesn't answer. Leave failOpen out, and give the authorizer replicas enough to answer.",
      ],
    },
  },
  keeps: {
    "an authorizer without whose answer nobody comes in": (stack) =>
      provided(stack, { envoyExtAuthzHttp: { ...service, failOpen: false } }),
    "an authorizer that says nothing about it": (stack) => provided(stack, { envoyExtAuthzGrpc: service }),
    "a provider of logs": (stack) => provided(stack, { envoyOtelAls: { ...service, failOpen: true } }),
  },
});
