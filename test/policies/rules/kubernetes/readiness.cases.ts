import { readiness } from "../../../../policies/rules/kubernetes/readiness";
import { cases } from "../../cases";
import { add, container, details, podsOf } from "./drafts";

export default cases(readiness, {
  breaks: {
    "a container with a port and no probe": {
      change: (stack) => delete container(stack).readinessProbe,
      finds: [
        "Deployment bookinfo/details-v1: container details has no readiness probe: it gets requests as soon as its process starts, so every rollout fails some. Add a readinessProbe that asks the application whether it can serve, such as an httpGet of its health page.",
      ],
      severity: "mandatory",
    },
    "pods behind a Service that declare no port": {
      change: (stack) => {
        delete container(stack).readinessProbe;
        delete container(stack).ports;
      },
      finds: [
        "Deployment bookinfo/details-v1: container details has no readiness probe: it gets requests as soon as its process starts, so every rollout fails some. Add a readinessProbe that asks the application whether it can serve, such as an httpGet of its health page.",
      ],
    },
  },
  keeps: {
    "a Rollout that leaves its pods to a Deployment": (stack) => {
      const spec = { workloadRef: { apiVersion: "apps/v1", kind: "Deployment", name: "details-v1" } };
      const metadata = { name: "details", namespace: "bookinfo" };
      add(stack, { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", metadata, spec });
    },
    "a worker, which takes no requests": (stack) => {
      delete container(stack).readinessProbe;
      delete container(stack).ports;
      details(stack).spec.template.metadata.labels = { app: "worker" };
    },
    "a helper beside the one that serves": (stack) => podsOf(stack).containers.push({ name: "reload" }),
    "a Job": (stack) => {
      const pods = { spec: { containers: [{ name: "once", ports: [{ containerPort: 80 }] }] } };
      const metadata = { name: "once", namespace: "bookinfo" };
      add(stack, { apiVersion: "batch/v1", kind: "Job", metadata, spec: { template: pods } });
    },
  },
});
