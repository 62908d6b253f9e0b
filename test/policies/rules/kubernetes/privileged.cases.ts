import { privileged } from "../../../../policies/rules/kubernetes/privileged";
import { cases } from "../../cases";
import { add, addDaemonSet, container, details, podsOf } from "./drafts";

export default cases(privileged, {
  breaks: {
    "a privileged container": {
      change: (stack) => (container(stack).securityContext.privileged = true),
      finds: [
        "Deployment bookinfo/details-v1: container details is privileged: who breaks into it owns the node, and every pod on it. Leave privileged out; if it needs one thing of the kernel, add that capability alone.",
      ],
      severity: "mandatory",
    },
    "a privileged init container, without a name": {
      change: (stack) => (podsOf(stack).initContainers = [{ securityContext: { privileged: true } }]),
      finds: [
        "Deployment bookinfo/details-v1: container spec.template.spec.initContainers[0] is privileged: who breaks into it owns the node, and every pod on it. Leave privileged out; if it needs one thing of the kernel, add that capability alone.",
      ],
    },
    "a Rollout of Argo's": {
      change: (stack) => {
        const template = { spec: { containers: [{ name: "app", securityContext: { privileged: true } }] } };
        const metadata = { name: "details", namespace: "bookinfo" };
        add(stack, { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", metadata, spec: { template } });
      },
      finds: [
        "Rollout bookinfo/details: container app is privileged: who breaks into it owns the node, and every pod on it. Leave privileged out; if it needs one thing of the kernel, add that capability alone.",
      ],
    },
    "an Experiment of Argo's": {
      change: (stack) => {
        const template = { spec: { containers: [{ name: "app", securityContext: { privileged: true } }] } };
        const metadata = { name: "details", namespace: "bookinfo" };
        const templates = [
          { name: "baseline", template: { spec: { containers: [] } } },
          { name: "trial", template },
        ];
        add(stack, { apiVersion: "argoproj.io/v1alpha1", kind: "Experiment", metadata, spec: { templates } });
      },
      finds: [
        "Experiment bookinfo/details: container app is privileged: who breaks into it owns the node, and every pod on it. Leave privileged out; if it needs one thing of the kernel, add that capability alone.",
      ],
    },
    "a Deployment that calls itself like Istio's node agent": {
      change: (stack) => {
        container(stack).securityContext.privileged = true;
        details(stack).metadata.name = "istio-cni-node";
      },
      finds: [
        "Deployment bookinfo/istio-cni-node: container details is privileged: who breaks into it owns the node, and every pod on it. Leave privileged out; if it needs one thing of the kernel, add that capability alone.",
      ],
    },
  },
  keeps: {
    "a container that says it isn't": (stack) => (container(stack).securityContext.privileged = false),
    "Istio's node agent": (stack) =>
      (addDaemonSet(stack, "istio-system", "istio-cni-node").spec.template.spec.containers[0].securityContext = {
        privileged: true,
      }),
    "what EKS runs in kube-system": (stack) =>
      (addDaemonSet(stack, "kube-system", "ebs-csi-node").spec.template.spec.containers[0].securityContext = {
        privileged: true,
      }),
    "the proxy, which Istio sees to": (stack) =>
      podsOf(stack).containers.push({ name: "istio-proxy", image: "auto", securityContext: { privileged: true } }),
  },
});
