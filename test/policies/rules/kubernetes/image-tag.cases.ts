import { imageTag } from "../../../../policies/rules/kubernetes/image-tag";
import { cases } from "../../cases";
import type { Loose, StackDraft } from "../../stack";

function details(stack: StackDraft): Loose {
  return stack.object("Deployment", "bookinfo", "details-v1").spec.template.spec.containers[0];
}

const tomorrow = "may be another one tomorrow: a pod that restarts can run another version than its neighbours.";

export default cases(imageTag, {
  breaks: {
    "the tag latest": {
      change: (stack) => (details(stack).image = "registry:5000/details:latest"),
      finds: [
        `Deployment bookinfo/details-v1: image "registry:5000/details:latest" ${tomorrow} Write the version you tested, e.g. "registry:5000/details:1.2.3", or a digest.`,
      ],
    },
    "no tag, behind a registry with a port": {
      change: (stack) => (details(stack).image = "registry:5000/details"),
      finds: [
        `Deployment bookinfo/details-v1: image "registry:5000/details" ${tomorrow} Write the version you tested, e.g. "registry:5000/details:1.2.3", or a digest.`,
      ],
    },
    "each of two containers": {
      change: (stack) =>
        stack.add({
          apiVersion: "batch/v1",
          kind: "CronJob",
          metadata: { name: "nightly", namespace: "bookinfo" },
          spec: {
            jobTemplate: {
              spec: { template: { spec: { initContainers: [{ image: "a" }], containers: [{ image: "b:latest" }] } } },
            },
          },
        } as Loose),
      finds: [
        `CronJob bookinfo/nightly: image "a" ${tomorrow} Write the version you tested, e.g. "a:1.2.3", or a digest.`,
        `CronJob bookinfo/nightly: image "b:latest" ${tomorrow} Write the version you tested, e.g. "b:1.2.3", or a digest.`,
      ],
    },
  },
  keeps: {
    "a digest": (stack) => (details(stack).image = "details@sha256:0123"),
    "the image that Istio's webhook fills in": (stack) => (details(stack).image = "auto"),
  },
});
