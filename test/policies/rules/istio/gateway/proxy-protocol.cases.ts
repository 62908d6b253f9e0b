import { proxyProtocol } from "../../../../../policies/rules/istio/gateway/proxy-protocol";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";
import { annotate, gatewayRelease } from "../../edge/objects";

const here = "Service istio-ingress/istio-ingress:";
const pods = "the pods of Release istio-ingress/istio-ingress";
const broken = `${here} sends the PROXY protocol's header, but ${pods} don't expect it: they take it for a broken request, and every connection fails. Set gatewayTopology: {proxyProtocol: {}} in their proxy.istio.io/config annotation, or turn PROXY protocol off here.`;
const waits = `${here} sends no PROXY protocol, but ${pods} wait for its header: every connection fails. Set the annotation proxy-protocol to "*" and the health check to tcp, or take proxyProtocol out of their configuration.`;

function expect(stack: StackDraft): void {
  gatewayRelease(stack).values.podAnnotations = {
    "proxy.istio.io/config": "gatewayTopology:\n  proxyProtocol: {}\n",
  };
}

function filter(stack: StackDraft, name: string, namespace = "istio-ingress"): void {
  stack.add({
    apiVersion: "networking.istio.io/v1alpha3",
    kind: "EnvoyFilter",
    metadata: { name, namespace },
    spec: {
      workloadSelector: { labels: { istio: "ingress" } },
      configPatches: [
        {
          applyTo: "LISTENER",
          match: { context: "GATEWAY" },
          patch: {
            operation: "MERGE",
            value: { listener_filters: [{ name: "envoy.filters.listener.proxy_protocol" }] },
          },
        },
      ],
    },
  } as Loose);
}

/** A second control plane, before the other one, whose proxies expect the header. */
function addCanary(stack: StackDraft): void {
  stack.addResource("kubernetes:helm.sh/v3:Release", "canary", {
    chart: "istiod",
    name: "istiod-canary",
    namespace: "istio-system",
    values: { revision: "canary", meshConfig: { defaultConfig: { gatewayTopology: { proxyProtocol: {} } } } },
  });
  stack.resources.unshift(...stack.resources.splice(-1));
}

export default cases(proxyProtocol, {
  breaks: {
    "a header that nobody expects": {
      change: (stack) => annotate(stack, { "proxy-protocol": "*", "healthcheck-protocol": "tcp" }),
      finds: [broken],
    },
    "a header that the target group's attributes turn on": {
      change: (stack) =>
        annotate(stack, {
          "target-group-attributes": "proxy_protocol_v2.enabled=true, preserve_client_ip.enabled=true",
          "healthcheck-protocol": undefined,
        }),
      finds: [broken],
    },
    "a header that the pods' annotation expects in vain": { change: expect, finds: [waits] },
    "a header that the mesh expects in vain": {
      change: (stack) => (stack.values("istiod").meshConfig.defaultConfig.gatewayTopology = { proxyProtocol: {} }),
      finds: [waits],
    },
    "a header that a filter expects in vain": { change: (stack) => filter(stack, "proxy"), finds: [waits] },
    "a header that a filter expects in vain, in a root namespace of the mesh's own": {
      change: (stack) => {
        stack.values("istiod").meshConfig.rootNamespace = "istio-config";
        filter(stack, "proxy", "istio-config");
      },
      finds: [waits],
    },
    "a header that the control plane expects in vain which the gateway names": {
      change: (stack) => {
        addCanary(stack);
        stack.object("Namespace", "default", "istio-ingress").metadata.labels = { team: "edge" };
        gatewayRelease(stack).values.revision = "canary";
      },
      finds: [waits],
    },
    "a health check that carries the header": {
      change: (stack) => {
        expect(stack);
        annotate(stack, { "proxy-protocol": "*" });
      },
      finds: [
        `${here} health checks are http, but carry the PROXY protocol's header as well, which the gateway's health port doesn't know: no pod ever becomes healthy. Set healthcheck-protocol to "tcp".`,
      ],
    },
  },
  keeps: {
    "both sides": (stack) => {
      expect(stack);
      annotate(stack, { "proxy-protocol": "*", "healthcheck-protocol": "tcp" });
    },
    "a filter instead": (stack) => {
      filter(stack, "proxy");
      annotate(stack, { "proxy-protocol": "*", "healthcheck-protocol": "TCP" });
    },
    "another control plane that expects the header": addCanary,
    "a control plane that expects the header, where nothing here says which one is the gateway's": (stack) => {
      addCanary(stack);
      stack.remove("Namespace");
    },
    "a control plane that isn't here": (stack) => {
      stack.object("Namespace", "default", "istio-ingress").metadata.labels = { "istio.io/rev": "blue" };
      annotate(stack, { "proxy-protocol": "*", "healthcheck-protocol": "tcp" });
    },
    "a configuration of the mesh that can't be read": (stack) => {
      stack.resources = stack.resources.filter(({ properties }) => properties.chart !== "istiod");
      const data = { mesh: "defaultConfig: {" };
      const metadata = { name: "istio", namespace: "istio-system" };
      stack.add({ apiVersion: "v1", kind: "ConfigMap", metadata, data } as Loose);
      annotate(stack, { "proxy-protocol": "*", "healthcheck-protocol": "tcp" });
    },
    "a mesh whose configuration isn't here": (stack) => {
      stack.resources = stack.resources.filter(({ properties }) => properties.chart !== "istiod");
      annotate(stack, { "proxy-protocol": "*", "healthcheck-protocol": "tcp" });
    },
  },
});
