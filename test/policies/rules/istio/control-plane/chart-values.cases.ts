import { chartValues } from "../../../../../policies/rules/istio/control-plane/chart-values";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";
import { addArgo, addChart, addFlux, addOperator } from "../../kubernetes/drafts";

/** Puts the ConfigMap that istiod's chart makes into the place of its Release. */
function addMesh(stack: StackDraft, mesh: string, namespace = "istio-system"): void {
  if (namespace === "istio-system")
    stack.resources = stack.resources.filter(({ properties }) => properties.chart !== "istiod");
  const metadata = { name: "istio", namespace };
  stack.add({ apiVersion: "v1", kind: "ConfigMap", metadata, data: { mesh } } as Loose);
}

export default cases(chartValues, {
  breaks: {
    "a typo of istiod's": {
      change: (stack) => (stack.values("istiod").autoScaleMin = 3),
      finds: [
        "Release istio-system/istiod: values.autoScaleMin is nothing that the chart istiod reads: it does nothing, and nobody says so. Did you mean autoscaleMin?",
      ],
      severity: "mandatory",
    },
    "a typo below a key of old": {
      change: (stack) => {
        stack.values("istiod").pilot = { autoScaleMin: 3 };
        addChart(stack, "cni", { cni: { ambiant: { enabled: true } } });
      },
      finds: [
        "Release istio-system/istiod: values.pilot.autoScaleMin is nothing that the chart istiod reads: it does nothing, and nobody says so. Did you mean autoscaleMin?",
        "Release istio-system/own: values.cni.ambiant is nothing that the chart cni reads: it does nothing, and nobody says so. Did you mean ambient?",
      ],
    },
    "a key that is nowhere near any": {
      change: (stack) => (stack.values("istiod").highAvailability = true),
      finds: [
        "Release istio-system/istiod: values.highAvailability is nothing that the chart istiod reads: it does nothing, and nobody says so. Look it up in the chart's values.yaml, or take it out.",
      ],
    },
    "a typo below a known key": {
      change: (stack) => (stack.values("istiod").global.proxy.resource = {}),
      finds: [
        "Release istio-system/istiod: values.global.proxy.resource is nothing that the chart istiod reads: it does nothing, and nobody says so. Did you mean resources?",
      ],
    },
    "a typo of base's, and one of cni's": {
      change: (stack) => {
        stack.values("istio-base").defaultRevison = "canary";
        addChart(stack, "cni", { ambiant: { enabled: true } });
      },
      finds: [
        "Release istio-system/istio-base: values.defaultRevison is nothing that the chart base reads: it does nothing, and nobody says so. Did you mean defaultRevision?",
        "Release istio-system/own: values.ambiant is nothing that the chart cni reads: it does nothing, and nobody says so. Did you mean ambient?",
      ],
    },
    "fields that the mesh's configuration doesn't have": {
      change: (stack) => {
        stack.values("istiod").meshConfig.accesLogFile = "/dev/stdout";
        stack.values("istiod").meshConfig.teleportation = true;
        stack.values("istiod").meshConfig.defaultConfig.drainDurations = "45s";
      },
      finds: [
        "Release istio-system/istiod: values.meshConfig.defaultConfig.drainDurations: ProxyConfig has no field drainDurations: istiod passes over it. Did you mean drainDuration?",
        "Release istio-system/istiod: values.meshConfig.accesLogFile: MeshConfig has no field accesLogFile: istiod passes over it. Did you mean accessLogFile?",
        "Release istio-system/istiod: values.meshConfig.teleportation: MeshConfig has no field teleportation: istiod passes over it. Look it up in Istio's reference, or take it out.",
      ],
    },
    "what the chart gives up": {
      change: (stack) => (stack.values("istiod").global.proxy.holdApplicationUntilProxyStarts = true),
      finds: [
        "Release istio-system/istiod: values.global.proxy.holdApplicationUntilProxyStarts is deprecated. Use meshConfig.defaultConfig.holdApplicationUntilProxyStarts.",
      ],
      severity: "advisory",
    },
    "typos in values of Flux's HelmRelease": {
      change: (stack) => addFlux(stack, "istiod", { autoScaleMin: 3, meshConfig: { accesLogFile: "/dev/stdout" } }),
      finds: [
        "HelmRelease flux/own: spec.values.autoScaleMin is nothing that the chart istiod reads: it does nothing, and nobody says so. Did you mean autoscaleMin?",
        "HelmRelease flux/own: spec.values.meshConfig.accesLogFile: MeshConfig has no field accesLogFile: istiod passes over it. Did you mean accessLogFile?",
      ],
      severity: "mandatory",
    },
    "typos in each form of values of an Application": {
      change: (stack) => {
        addArgo(stack, "istiod", { values: "autoScaleMin: 3\n", parameters: [{ name: "traceSamplin", value: "1" }] });
        addArgo(stack, "base", { valuesObject: { defaultRevison: "canary" } });
      },
      finds: [
        "Application argocd/own: spec.source.helm.values.autoScaleMin is nothing that the chart istiod reads: it does nothing, and nobody says so. Did you mean autoscaleMin?",
        "Application argocd/own: spec.source.helm.parameters[0] is nothing that the chart istiod reads: it does nothing, and nobody says so. Did you mean traceSampling?",
        "Application argocd/own: spec.source.helm.valuesObject.defaultRevison is nothing that the chart base reads: it does nothing, and nobody says so. Did you mean defaultRevision?",
      ],
    },
    "typos of an IstioOperator": {
      change: (stack) =>
        addOperator(stack, {
          meshConfig: { accesLogFile: "/dev/stdout" },
          values: { pilot: { autoScaleMin: 3 }, global: { logAsJsn: true } },
        }),
      finds: [
        "IstioOperator istio-system/own: spec.values.pilot.autoScaleMin is nothing that the chart istiod reads: it does nothing, and nobody says so. Did you mean autoscaleMin?",
        "IstioOperator istio-system/own: spec.values.global.logAsJsn is nothing that the chart istiod reads: it does nothing, and nobody says so. Did you mean logAsJson?",
        "IstioOperator istio-system/own: spec.meshConfig.accesLogFile: MeshConfig has no field accesLogFile: istiod passes over it. Did you mean accessLogFile?",
      ],
    },
    "values that istiod can't read the mesh's configuration with": {
      change: (stack) =>
        (stack.values("istiod").meshConfig = {
          outboundTrafficPolicy: { mode: "REGISTRY" },
          enableTracing: "true",
          connectTimeout: 10,
          trustDomain: 1,
          trustDomainAliases: "old.local",
          accessLogEncoding: true,
          defaultProviders: ["otel"],
          extensionProviders: [{ name: "otel", opentelemetry: { service: "otel.o11y", port: "http" } }],
          defaultConfig: {
            concurrency: 1.5,
            proxyMetadata: { ISTIO_META_DNS_CAPTURE: true },
            tracing: { sampling: "all" },
          },
        }),
      finds: [
        'Release istio-system/istiod: values.meshConfig.outboundTrafficPolicy.mode: is "REGISTRY"UNREAD. It takes REGISTRY_ONLY, ALLOW_ANY, ALLOW_ANY_DYNAMIC_DNS.',
        'Release istio-system/istiod: values.meshConfig.enableTracing: is "true"UNREAD. Write true or false, without quotes.',
        'Release istio-system/istiod: values.meshConfig.connectTimeout: is 10UNREAD. Write a duration, such as "10s".',
        "Release istio-system/istiod: values.meshConfig.trustDomain: is 1UNREAD. Write text, in quotes.",
        "Release istio-system/istiod: values.meshConfig.trustDomainAliases: is no listUNREAD. Write a list.",
        "Release istio-system/istiod: values.meshConfig.accessLogEncoding: is trueUNREAD. It takes TEXT, JSON.",
        "Release istio-system/istiod: values.meshConfig.defaultProviders: is no mapUNREAD. Write its fields below it.",
        'Release istio-system/istiod: values.meshConfig.extensionProviders[0].opentelemetry.port: is "http"UNREAD. Write a whole number.',
        "Release istio-system/istiod: values.meshConfig.defaultConfig.concurrency: is 1.5UNREAD. Write a whole number.",
        "Release istio-system/istiod: values.meshConfig.defaultConfig.proxyMetadata.ISTIO_META_DNS_CAPTURE: is trueUNREAD. Write text, in quotes.",
        'Release istio-system/istiod: values.meshConfig.defaultConfig.tracing.sampling: is "all"UNREAD. Write a number.',
      ].map((one) =>
        one.replace(
          "UNREAD",
          ": istiod can't read the mesh's configuration with it, and keeps the last one that it could, or its defaults",
        ),
      ),
      severity: "mandatory",
    },
    "a field below the first level that has another name": {
      change: (stack) => (stack.values("istiod").meshConfig.outboundTrafficPolicy = { moode: "REGISTRY_ONLY" }),
      finds: [
        "Release istio-system/istiod: values.meshConfig.outboundTrafficPolicy.moode: OutboundTrafficPolicy has no field moode: istiod passes over it. Did you mean mode?",
      ],
      severity: "mandatory",
    },
    "fields that istiod looks for by one spelling alone": {
      change: (stack) =>
        Object.assign(stack.values("istiod").meshConfig, {
          default_config: { drainDuration: "45s", concurrency: "two" },
          default_providers: { tracing: ["otel"] },
        }),
      finds: [
        "Release istio-system/istiod: values.meshConfig.default_config: istiod drops default_config: it looks for this field by the name defaultConfig alone. Write defaultConfig.",
        "Release istio-system/istiod: values.meshConfig.default_config.concurrency: is \"two\": istiod can't read the mesh's configuration with it, and keeps the last one that it could, or its defaults. Write a whole number.",
        "Release istio-system/istiod: values.meshConfig.default_providers: istiod drops default_providers: it looks for this field by the name defaultProviders alone. Write defaultProviders.",
      ],
      severity: "mandatory",
      silent: ["values.meshConfig.default_config.drainDuration"],
    },
    "the mesh's configuration in the ConfigMap of a rendered control plane": {
      change: (stack) =>
        addMesh(
          stack,
          [
            "accesLogFile: /dev/stdout",
            "enableTracing: 'true'",
            "default_config: {concurrency: 2}",
            "outboundTrafficPolicy: {mode: REGISTRY}",
          ].join("\n"),
        ),
      finds: [
        "ConfigMap istio-system/istio: data.mesh.accesLogFile: MeshConfig has no field accesLogFile: istiod passes over it. Did you mean accessLogFile?",
        "ConfigMap istio-system/istio: data.mesh.enableTracing: is \"true\": istiod can't read the mesh's configuration with it, and keeps the last one that it could, or its defaults. Write true or false, without quotes.",
        "ConfigMap istio-system/istio: data.mesh.default_config: istiod drops default_config: it looks for this field by the name defaultConfig alone. Write defaultConfig.",
        "ConfigMap istio-system/istio: data.mesh.outboundTrafficPolicy.mode: is \"REGISTRY\": istiod can't read the mesh's configuration with it, and keeps the last one that it could, or its defaults. It takes REGISTRY_ONLY, ALLOW_ANY, ALLOW_ANY_DYNAMIC_DNS.",
      ],
      severity: "mandatory",
    },
    "a field that may be a newer version's": {
      change: (stack) => (stack.values("istiod").meshConfig.teleportation = true),
      finds: [
        "Release istio-system/istiod: values.meshConfig.teleportation: MeshConfig has no field teleportation: istiod passes over it. Look it up in Istio's reference, or take it out.",
      ],
      severity: "advisory",
    },
  },
  keeps: {
    "keys of old, whose values the charts take": (stack) => {
      stack.values("istiod").pilot = { autoscaleMin: 3, env: { PILOT_ENABLE_AMBIENT: "true" } };
      addChart(stack, "cni", { cni: { ambient: { enabled: true } } });
    },
    "values of Flux's HelmRelease that stand in a ConfigMap as well": (stack) =>
      addFlux(stack, "istiod", { typo: 1 }, { valuesFrom: [{ kind: "ConfigMap", name: "istiod" }] }),
    "an IstioOperator's values for other charts": (stack) =>
      addOperator(stack, {
        components: { cni: { enabled: true } },
        values: { cni: { ambient: {} }, ztunnel: { resourceName: "own" }, gateways: {}, defaultRevision: "" },
      }),
    "keys that only templates mention": (stack) =>
      Object.assign(stack.values("istiod"), {
        profile: "ambient",
        compatibilityVersion: "1.30",
        trafficDistribution: "Any",
      }),
    "anything below a key that takes anything": (stack) =>
      Object.assign(stack.values("istiod"), {
        env: { PILOT_ENABLE_ALPN_FILTER: "false" },
        affinity: { nodeAffinity: {} },
        nodeSelector: { "kubernetes.io/os": "linux" },
      }),
    "a key deeper down that isn't near any other": (stack) => (stack.values("istiod").global.proxy.startup = "5s"),
    "the mesh's configuration": (stack) =>
      Object.assign(stack.values("istiod").meshConfig, {
        outboundTrafficPolicy: { mode: "REGISTRY_ONLY" },
        extensionProviders: [{ name: "otel", opentelemetry: { service: "otel.o11y", port: "4317" } }],
        defaultHttpRetryPolicy: { attempts: 0 },
        connectTimeout: "10s",
        defaultConfig: {
          tracing: { sampling: 0.5, customTags: {} },
          interceptionMode: 1,
          gatewayTopology: { proxyProtocol: {} },
        },
      }),
    "the mesh's configuration in protobuf's own spelling": (stack) =>
      Object.assign(stack.values("istiod").meshConfig, {
        access_log_file: "/dev/stdout",
        outbound_traffic_policy: { mode: "ALLOW_ANY" },
        defaultConfig: { tracing_service_name: "CANONICAL_NAME_ONLY", envoy_access_log_service: { address: "als:80" } },
      }),
    "a mesh's configuration in a ConfigMap, in YAML 1.1, as istiod reads it": (stack) =>
      addMesh(
        stack,
        "enableTracing: yes\nconnectTimeout: 10s\ntrustDomain: 12:30\ndefaultConfig: {tracing: {sampling: 0.5}}\n",
      ),
    "a ConfigMap of that name that is no mesh's": (stack) => addMesh(stack, "accesLogFile: /dev/stdout", "bookinfo"),
    "a chart that refuses typos itself": (stack) => (stack.values("istio-ingress").autoscalling = {}),
    "values that stand in a file": (stack) => addChart(stack, "istiod", { typo: 1 }, ["values.yaml"]),
    "nothing at all": (stack) => (stack.values("istiod").typo = null),
  },
});
