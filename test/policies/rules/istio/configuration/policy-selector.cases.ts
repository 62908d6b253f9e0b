import { policySelector } from "../../../../../policies/rules/istio/configuration/policy-selector";
import { cases } from "../../../cases";
import type { Loose } from "../../../stack";
import { adding } from "../drafts";

const add = adding("AuthorizationPolicy");
const sidecar = adding("Sidecar");
const filter = adding("EnvoyFilter");

export default cases(policySelector, {
  breaks: {
    "labels that no pods carry": {
      change: (stack) => {
        add(stack, { selector: { matchLabels: { app: "detail" } } });
      },
      finds: [
        'AuthorizationPolicy bookinfo/own: no pods in the namespace bookinfo carry app=detail, so the policy does nothing. Select labels that the pods carry. If others deploy the ones that are meant, name "Pod bookinfo/*" under outside in the policies\' configuration.',
      ],
    },
    "labels of pods in another namespace": {
      change: (stack) => {
        add(stack, { selector: { matchLabels: { app: "details" } } }, { namespace: "istio-ingress" });
      },
      finds: [
        "AuthorizationPolicy istio-ingress/own: no pods in the namespace istio-ingress carry app=details, so the policy does nothing. Put it into the namespace bookinfo, where the pods of Deployment bookinfo/details-v1 do.",
      ],
    },
    "a Sidecar without pods": {
      change: (stack) => {
        sidecar(stack, { workloadSelector: { labels: { app: "detail" } } });
      },
      finds: [
        'Sidecar bookinfo/own: no pods in the namespace bookinfo carry app=detail, so the policy does nothing. Select labels that the pods carry. If others deploy the ones that are meant, name "Pod bookinfo/*" under outside in the policies\' configuration.',
      ],
    },
    "an EnvoyFilter without pods": {
      change: (stack) => {
        filter(stack, { workloadSelector: { labels: { app: "detail" } } });
      },
      finds: [
        'EnvoyFilter bookinfo/own: no pods in the namespace bookinfo carry app=detail, so the policy does nothing. Select labels that the pods carry. If others deploy the ones that are meant, name "Pod bookinfo/*" under outside in the policies\' configuration.',
      ],
    },
  },
  keeps: {
    "labels that pods carry": (stack) => {
      add(stack, { selector: { matchLabels: { app: "details" } } });
    },
    "a whole namespace": (stack) => {
      add(stack, {});
    },
    "a namespace that others fill": (stack) => {
      add(stack, { selector: { matchLabels: { app: "points" } } }, { namespace: "membership" });
    },
    "the whole mesh": (stack) => {
      add(stack, { selector: { matchLabels: { app: "points" } } }, { namespace: "istio-system" });
    },
    "a target of its own": (stack) => {
      add(stack, { targetRefs: [{ kind: "Service", name: "details" }] });
    },
    "the pods of the gateway's chart": (stack) => {
      filter(stack, { workloadSelector: { labels: { istio: "ingress" } } }, { namespace: "istio-ingress" });
    },
    "machines outside the cluster": (stack) => {
      stack.add({
        apiVersion: "networking.istio.io/v1",
        kind: "WorkloadGroup",
        metadata: { name: "vm", namespace: "bookinfo" },
        spec: { metadata: { labels: { app: "vm" } } },
      } as Loose);
      add(stack, { selector: { matchLabels: { app: "vm" } } });
    },
  },
});
