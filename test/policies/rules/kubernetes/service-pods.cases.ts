import { servicePods } from "../../../../policies/rules/kubernetes/service-pods";
import { cases } from "../../cases";
import type { Loose, StackDraft } from "../../stack";
import { add, container, podsOf } from "./drafts";

function service(stack: StackDraft): Loose {
  return stack.object("Service", "bookinfo", "details").spec;
}

export default cases(servicePods, {
  breaks: {
    "labels that no pods carry": {
      change: (stack) => (service(stack).selector = { app: "detail", version: "v1" }),
      finds: [
        'Service bookinfo/details: no pods carry app: detail and version: v1: every request to it fails. Write the labels of its pods; if somebody else deploys them, name "Deployment bookinfo/details" under outside in the policies\' configuration.',
      ],
      severity: "mandatory",
    },
    "labels of two applications at once": {
      change: (stack) => (service(stack).selector = { app: "details", version: "v2" }),
      finds: [
        'Service bookinfo/details: no pods carry app: details and version: v2: every request to it fails. Write the labels of its pods; if somebody else deploys them, name "Deployment bookinfo/details" under outside in the policies\' configuration.',
      ],
    },
    "a port that its pods don't name": {
      change: (stack) => (service(stack).ports[0].targetPort = "web"),
      finds: [
        'Service bookinfo/details: targetPort "web" is no port of Deployment bookinfo/details-v1: what is sent there reaches none of its pods. Write one of its ports\' names (http), or the number.',
      ],
    },
    "a port's name where no port has one": {
      change: (stack) => {
        service(stack).ports[0].targetPort = "http";
        delete container(stack).ports[0].name;
      },
      finds: [
        'Service bookinfo/details: targetPort "http" is no port of Deployment bookinfo/details-v1: what is sent there reaches none of its pods. Write one of its ports\' names (it has none), or the number.',
      ],
    },
  },
  keeps: {
    "pods of an Argo Rollout": (stack) => {
      service(stack).selector = { app: "details", track: "canary" };
      const template = { metadata: { labels: { app: "details", track: "canary" } }, spec: podsOf(stack) };
      const metadata = { name: "details-canary", namespace: "bookinfo" };
      add(stack, { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", metadata, spec: { template } });
    },
    "pods of a Rollout's experiment, which have a label of their own": (stack) => {
      service(stack).selector = { app: "details", track: "trial" };
      const template = { metadata: { labels: { app: "details" } }, spec: podsOf(stack) };
      const templates = [{ name: "trial", specRef: "canary", metadata: { labels: { track: "trial" } } }];
      const strategy = { canary: { steps: [{ experiment: { duration: "5m", templates } }] } };
      const metadata = { name: "details-canary", namespace: "bookinfo" };
      add(stack, { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", metadata, spec: { strategy, template } });
    },
    "machines outside the cluster": (stack) => {
      service(stack).selector = { app: "details", class: "vm" };
      const metadata = { name: "details-vm", namespace: "bookinfo" };
      const spec = { address: "10.0.0.1", labels: { app: "details", class: "vm" } };
      add(stack, { apiVersion: "networking.istio.io/v1", kind: "WorkloadEntry", metadata, spec });
    },
    "a port by its name": (stack) => (service(stack).ports[0].targetPort = "http"),
    "a port of a sidecar by its name": (stack) => {
      service(stack).ports[0].targetPort = "metrics";
      podsOf(stack).initContainers = [{ name: "meter", restartPolicy: "Always", ports: [{ name: "metrics" }] }];
    },
    "a number that no container declares, or one in quotes": (stack) => {
      service(stack).ports[0].targetPort = "9090";
      stack.object("Service", "bookinfo", "reviews").spec.ports[0].targetPort = 9090;
    },
    "a namespace that others fill": (stack) =>
      add(stack, {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "members", namespace: "membership" },
        spec: { selector: { app: "members" } },
      }),
    "a namespace in which a chart may bring pods": (stack) => {
      service(stack).selector = { app: "elsewhere" };
      stack.addResource("kubernetes:helm.sh/v3:Release", "redis", { namespace: "bookinfo", chart: "redis" });
    },
    "a Service without a selector, which somebody else gives endpoints": (stack) => delete service(stack).selector,
  },
});
