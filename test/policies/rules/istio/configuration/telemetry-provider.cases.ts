import { telemetryProvider } from "../../../../../policies/rules/istio/configuration/telemetry-provider";
import { cases } from "../../../cases";
import type { Loose } from "../../../stack";
import { adding } from "../drafts";

const add = adding("Telemetry");

export default cases(telemetryProvider, {
  breaks: {
    "no provider": {
      change: (stack) => {
        add(stack, { accessLogging: [{}, { disabled: true }] });
      },
      finds: [
        "Telemetry bookinfo/own: logs access without a provider, and the mesh has no default one: nothing is logged. Add providers: [{name: envoy}], or defaultProviders.accessLogging to the mesh's configuration.",
      ],
    },
    "providers that nobody defines": {
      change: (stack) => {
        stack.values("istiod").meshConfig.extensionProviders = [{ name: "otel", opentelemetry: {} }];
        add(stack, {
          accessLogging: [{ providers: [{ name: "loki" }] }],
          tracing: [{ providers: [{ name: "otell" }] }],
          metrics: [{ providers: [{ name: "prometheus" }, { name: "statsd" }] }],
        });
      },
      severity: "mandatory",
      finds: [
        'Telemetry bookinfo/own: no provider "loki" is defined, so nothing is logged there. Define it in extensionProviders of the mesh\'s configuration, or name one of prometheus, stackdriver, envoy and otel.',
        'Telemetry bookinfo/own: no provider "otell" is defined, so nothing is traced. Did you mean otel? Define it in extensionProviders of the mesh\'s configuration, or name one of prometheus, stackdriver, envoy and otel.',
        'Telemetry bookinfo/own: no provider "statsd" is defined, so nothing is counted there. Define it in extensionProviders of the mesh\'s configuration, or name one of prometheus, stackdriver, envoy and otel.',
      ],
    },
    "a default provider that nobody defines": {
      change: (stack) => (stack.values("istiod").meshConfig.defaultProviders = { tracing: ["zipkin"] }),
      severity: "mandatory",
      finds: [
        'Release istio-system/istiod: no provider "zipkin" is defined, so nothing is traced. Define it in extensionProviders of the mesh\'s configuration, or name one of prometheus, stackdriver and envoy.',
      ],
    },
  },
  keeps: {
    "a provider that the mesh defines": (stack) => {
      const { meshConfig } = stack.values("istiod");
      meshConfig.extensionProviders = [{ name: "otel", opentelemetry: {} }];
      meshConfig.defaultProviders = { tracing: ["otel"] };
      add(stack, { tracing: [{ providers: [{ name: "otel" }] }] });
    },
    "a provider that the mesh defines in protobuf's own spelling": (stack) => {
      stack.values("istiod").meshConfig.extension_providers = [{ name: "otel", opentelemetry: {} }];
      add(stack, { tracing: [{ providers: [{ name: "otel" }] }] });
    },
    "a provider in the ConfigMap of a rendered control plane": (stack) => {
      stack.resources = stack.resources.filter(({ properties }) => properties.chart !== "istiod");
      stack.add({
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "istio", namespace: "istio-system" },
        data: { mesh: "extensionProviders:\n- name: otel\n" },
      } as Loose);
      add(stack, { tracing: [{ providers: [{ name: "otel" }] }] });
    },
    "what is off anyway": (stack) => {
      add(stack, { accessLogging: [{ disabled: true, providers: [{ name: "loki" }] }] });
    },
    "a provider that a profile or other files may bring": (stack) => {
      stack.values("istiod").profile = "demo";
      add(stack, { tracing: [{ providers: [{ name: "otel" }] }] });
    },
    "a provider that another ConfigMap may bring": (stack) => {
      stack.values("istiod").env = { SHARED_MESH_CONFIG: "mesh-defaults" };
      add(stack, { tracing: [{ providers: [{ name: "otel" }] }] });
    },
    "a provider that another ConfigMap may bring, below the key of old": (stack) => {
      stack.values("istiod").pilot = { env: { SHARED_MESH_CONFIG: "mesh-defaults" } };
      add(stack, { tracing: [{ providers: [{ name: "otel" }] }] });
    },
    "a provider of a mesh that others configure": (stack) => {
      stack.resources = stack.resources.filter(({ properties }) => (properties as Loose).chart !== "istiod");
      add(stack, { tracing: [{ providers: [{ name: "otel" }] }] });
    },
    "a provider": (stack) => {
      add(stack, { accessLogging: [{ providers: [{ name: "envoy" }] }] });
    },
    "the mesh's provider": (stack) => {
      stack.values("istiod").meshConfig.defaultProviders = { accessLogging: ["envoy"] };
      add(stack, { accessLogging: [{}] });
    },
    "a mesh that others configure": (stack) => {
      stack.resources = stack.resources.filter(({ properties }) => (properties as Loose).chart !== "istiod");
      add(stack, { accessLogging: [{}] });
    },
  },
});
