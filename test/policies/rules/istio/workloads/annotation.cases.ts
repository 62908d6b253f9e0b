import { annotation } from "../../../../../policies/rules/istio/workloads/annotation";
import { cases } from "../../../cases";
import type { StackDraft } from "../../../stack";
import { add, details } from "../../kubernetes/drafts";

/** Puts an annotation onto the pods of details. */
function annotate(stack: StackDraft, name: string, value: string): void {
  const { metadata } = details(stack).spec.template;
  metadata.annotations = { ...metadata.annotations, [name]: value };
}

export default cases(annotation, {
  breaks: {
    "a typo": {
      change: (stack) => annotate(stack, "sidecar.istio.io/proxyCpuLimit", "1"),
      finds: [
        "Deployment bookinfo/details-v1: Istio has no annotation sidecar.istio.io/proxyCpuLimit: it does nothing. Did you mean sidecar.istio.io/proxyCPULimit?",
      ],
      severity: "mandatory",
    },
    "what no Istio so far has": {
      change: (stack) => annotate(stack, "sidecar.istio.io/teleportation", "on"),
      finds: [
        "Deployment bookinfo/details-v1: Istio has no annotation sidecar.istio.io/teleportation: it does nothing. Look it up in Istio's reference, or take it out.",
      ],
      severity: "advisory",
    },
    "a pod's annotation on its Deployment": {
      change: (stack) => (details(stack).metadata.annotations = { "sidecar.istio.io/proxyCPU": "1" }),
      finds: [
        "Deployment bookinfo/details-v1: annotation sidecar.istio.io/proxyCPU is for a Pod: on this Deployment it does nothing. Put it into the metadata of the pods, spec.template.metadata.annotations of what makes them.",
      ],
      severity: "mandatory",
    },
    "a Service's annotation on a namespace": {
      change: (stack) =>
        (stack.object("Namespace", "default", "bookinfo").metadata.annotations = {
          "networking.istio.io/exportTo": ".",
        }),
      finds: [
        "Namespace bookinfo: annotation networking.istio.io/exportTo is for a Service: on this Namespace it does nothing. Put it on the Service.",
      ],
    },
    "what Istio gives up": {
      change: (stack) => {
        annotate(stack, "sidecar.istio.io/inject", "true");
        annotate(stack, "sidecar.istio.io/statsInclusionPrefixes", "cluster");
      },
      finds: [
        "Deployment bookinfo/details-v1: Istio gives the annotation sidecar.istio.io/inject up. Write it as a label of the pods.",
        "Deployment bookinfo/details-v1: Istio gives the annotation sidecar.istio.io/statsInclusionPrefixes up. Use what its reference names instead.",
      ],
      severity: "advisory",
    },
    "a value that Istio refuses: interceptionMode: redirect": {
      change: (stack) => annotate(stack, "sidecar.istio.io/interceptionMode", "redirect"),
      finds: [
        'Deployment bookinfo/details-v1: annotation sidecar.istio.io/interceptionMode is "redirect", which Istio refuses: the pods get no sidecar. Write REDIRECT, TPROXY or NONE.',
      ],
    },
    "a value that Istio refuses: merge-metrics: yes": {
      change: (stack) => annotate(stack, "prometheus.istio.io/merge-metrics", "yes"),
      finds: [
        'Deployment bookinfo/details-v1: annotation prometheus.istio.io/merge-metrics is "yes", which Istio refuses: the pods get no sidecar. Write "true" or "false".',
      ],
    },
    "a value that Istio refuses: periodSeconds: 2s": {
      change: (stack) => annotate(stack, "readiness.status.sidecar.istio.io/periodSeconds", "2s"),
      finds: [
        'Deployment bookinfo/details-v1: annotation readiness.status.sidecar.istio.io/periodSeconds is "2s", which Istio refuses: the pods get no sidecar. Write a whole number.',
      ],
    },
    "a value that Istio refuses: port: 99999": {
      change: (stack) => annotate(stack, "status.sidecar.istio.io/port", "99999"),
      finds: [
        'Deployment bookinfo/details-v1: annotation status.sidecar.istio.io/port is "99999", which Istio refuses: the pods get no sidecar. Write a port.',
      ],
    },
    "a value that Istio refuses: excludeOutboundPorts: 443;80": {
      change: (stack) => annotate(stack, "traffic.sidecar.istio.io/excludeOutboundPorts", "443;80"),
      finds: [
        'Deployment bookinfo/details-v1: annotation traffic.sidecar.istio.io/excludeOutboundPorts is "443;80", which Istio refuses: the pods get no sidecar. Write ports with commas between them.',
      ],
    },
    "a value that Istio refuses: excludeInboundPorts: *": {
      change: (stack) => annotate(stack, "traffic.sidecar.istio.io/excludeInboundPorts", "*"),
      finds: [
        'Deployment bookinfo/details-v1: annotation traffic.sidecar.istio.io/excludeInboundPorts is "*", which Istio refuses: the pods get no sidecar. Write ports with commas between them.',
      ],
    },
    "a value that Istio refuses: includeOutboundIPRanges: 10.0.0.0": {
      change: (stack) => annotate(stack, "traffic.sidecar.istio.io/includeOutboundIPRanges", "10.0.0.0"),
      finds: [
        'Deployment bookinfo/details-v1: annotation traffic.sidecar.istio.io/includeOutboundIPRanges is "10.0.0.0", which Istio refuses: the pods get no sidecar. Write ranges such as 10.0.0.0/8 with commas between them.',
      ],
    },
    "a value that Istio refuses: proxyCPU: 100 m": {
      change: (stack) => annotate(stack, "sidecar.istio.io/proxyCPU", "100 m"),
      finds: [
        'Deployment bookinfo/details-v1: annotation sidecar.istio.io/proxyCPU is "100 m", which Istio refuses: the pods get no sidecar. Write an amount such as "100m" or "128Mi".',
      ],
    },
    "a value that Istio refuses: config: drainDuration": {
      change: (stack) => annotate(stack, "proxy.istio.io/config", "drainDuration"),
      finds: [
        'Deployment bookinfo/details-v1: annotation proxy.istio.io/config is "drainDuration", which Istio refuses: the pods get no sidecar. Write a map of ProxyConfig\'s fields.',
      ],
    },
    "a value that Istio refuses: config: {": {
      change: (stack) => annotate(stack, "proxy.istio.io/config", "{"),
      finds: [
        'Deployment bookinfo/details-v1: annotation proxy.istio.io/config is "{", which Istio refuses: the pods get no sidecar. Write a map of ProxyConfig\'s fields.',
      ],
    },
    "a field that a proxy's configuration doesn't have": {
      change: (stack) => annotate(stack, "proxy.istio.io/config", "drainDurations: 45s"),
      finds: [
        "Deployment bookinfo/details-v1: annotation proxy.istio.io/config sets drainDurations, which ProxyConfig doesn't have: it does nothing. Did you mean drainDuration?",
      ],
    },
    "a field that is nowhere near any": {
      change: (stack) => annotate(stack, "proxy.istio.io/config", "{teleportation: on}"),
      finds: [
        "Deployment bookinfo/details-v1: annotation proxy.istio.io/config sets teleportation, which ProxyConfig doesn't have: it does nothing. Take it out.",
      ],
    },
  },
  keeps: {
    "values that Istio takes": (stack) => {
      const fine = {
        "proxy.istio.io/config": "holdApplicationUntilProxyStarts: true\ndrain_duration: 45s",
        "sidecar.istio.io/interceptionMode": "TPROXY",
        "sidecar.istio.io/proxyCPU": "100m",
        "sidecar.istio.io/proxyMemoryLimit": "1Gi",
        "readiness.status.sidecar.istio.io/periodSeconds": "2",
        "status.sidecar.istio.io/port": "15021",
        "traffic.sidecar.istio.io/includeInboundPorts": "*",
        "traffic.sidecar.istio.io/excludeOutboundPorts": "443, 8080",
        "traffic.sidecar.istio.io/excludeInboundPorts": "",
        "traffic.sidecar.istio.io/includeOutboundIPRanges": "10.0.0.0/8,fd00::/8",
        "prometheus.istio.io/merge-metrics": "false",
      };
      for (const [name, value] of Object.entries(fine)) annotate(stack, name, value);
    },
    "an old annotation beside the label that replaces it": (stack) => {
      annotate(stack, "sidecar.istio.io/inject", "true");
      details(stack).spec.template.metadata.labels["sidecar.istio.io/inject"] = "true";
    },
    "what fits everything, and what istiod writes itself": (stack) =>
      (details(stack).metadata.annotations = {
        "galley.istio.io/analyze-suppress": "IST0107",
        "sidecar.istio.io/status": "{}",
      }),
    "annotations of others": (stack) => annotate(stack, "example.com/istio.io", "any"),
    "a pod by itself": (stack) =>
      add(stack, {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "own", namespace: "bookinfo", annotations: { "sidecar.istio.io/proxyCPU": "1" } },
      }),
  },
});
