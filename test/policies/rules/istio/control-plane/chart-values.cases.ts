import { chartValues } from "../../../../../policies/rules/istio/control-plane/chart-values";
import { cases } from "../../../cases";
import { addArgo, addChart, addFlux, addOperator } from "../../kubernetes/drafts";

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
        "Release istio-system/istiod: values.meshConfig.accesLogFile: MeshConfig has no field accesLogFile: istiod passes over it. Did you mean accessLogFile?",
        "Release istio-system/istiod: values.meshConfig.teleportation: MeshConfig has no field teleportation: istiod passes over it. Look it up in Istio's reference, or take it out.",
        "Release istio-system/istiod: values.meshConfig.defaultConfig.drainDurations: ProxyConfig has no field drainDurations: istiod passes over it. Did you mean drainDuration?",
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
        extensionProviders: [{ name: "otel" }],
      }),
    "a chart that refuses typos itself": (stack) => (stack.values("istio-ingress").autoscalling = {}),
    "values that stand in a file": (stack) => addChart(stack, "istiod", { typo: 1 }, ["values.yaml"]),
    "nothing at all": (stack) => (stack.values("istiod").typo = null),
  },
});
