import { policyOnce } from "../../../../../policies/rules/istio/configuration/policy-once";
import { cases } from "../../../cases";
import { adding } from "../drafts";

const peer = adding("PeerAuthentication");
const sidecar = adding("Sidecar");
const telemetry = adding("Telemetry");
const request = adding("RequestAuthentication");

export default cases(policyOnce, {
  breaks: {
    "two PeerAuthentications for a namespace": {
      change: (stack) => {
        peer(stack, {});
        peer(stack, { mtls: { mode: "STRICT" } }, { name: "second" });
      },
      finds: [
        "PeerAuthentication bookinfo/own: PeerAuthentication bookinfo/second is for the whole namespace bookinfo too: Istio takes the oldest and ignores the rest. Put them into one, or let each select workloads of its own.",
        "PeerAuthentication bookinfo/second: PeerAuthentication bookinfo/own is for the whole namespace bookinfo too: Istio takes the oldest and ignores the rest. Put them into one, or let each select workloads of its own.",
      ],
    },
    "two for one workload, by different labels": {
      change: (stack) => {
        peer(stack, { selector: { matchLabels: { app: "details" } } });
        peer(stack, { selector: { matchLabels: { version: "v1", app: "details" } } }, { name: "second" });
      },
      finds: [
        "PeerAuthentication bookinfo/own: PeerAuthentication bookinfo/second is for Deployment bookinfo/details-v1 too: Istio takes the oldest and ignores the rest. Put them into one, or let each select workloads of its own.",
        "PeerAuthentication bookinfo/second: PeerAuthentication bookinfo/own is for Deployment bookinfo/details-v1 too: Istio takes the oldest and ignores the rest. Put them into one, or let each select workloads of its own.",
      ],
    },
    "two Sidecars for a namespace": {
      change: (stack) => {
        sidecar(stack, {});
        sidecar(stack, { workloadSelector: { labels: {} } }, { name: "second" });
      },
      finds: [
        "Sidecar bookinfo/own: Sidecar bookinfo/second is for the whole namespace bookinfo too: Istio takes the oldest and ignores the rest. Put them into one, or let each select workloads of its own.",
        "Sidecar bookinfo/second: Sidecar bookinfo/own is for the whole namespace bookinfo too: Istio takes the oldest and ignores the rest. Put them into one, or let each select workloads of its own.",
      ],
    },
    "two Telemetries for one workload": {
      change: (stack) => {
        telemetry(stack, { selector: { matchLabels: { app: "details" } } });
        telemetry(stack, { selector: { matchLabels: { app: "details" } } }, { name: "second" });
      },
      finds: [
        "Telemetry bookinfo/own: Telemetry bookinfo/second is for Deployment bookinfo/details-v1 too: Istio takes the oldest and ignores the rest. Put them into one, or let each select workloads of its own.",
        "Telemetry bookinfo/second: Telemetry bookinfo/own is for Deployment bookinfo/details-v1 too: Istio takes the oldest and ignores the rest. Put them into one, or let each select workloads of its own.",
      ],
    },
  },
  keeps: {
    "one for the namespace and one for a workload": (stack) => {
      peer(stack, {});
      peer(stack, { selector: { matchLabels: { app: "details" } } }, { name: "second" });
    },
    "two for two workloads": (stack) => {
      sidecar(stack, { workloadSelector: { labels: { app: "details" } } });
      sidecar(stack, { workloadSelector: { labels: { app: "ratings" } } }, { name: "second" });
    },
    "two namespaces": (stack) => {
      sidecar(stack, {});
      sidecar(stack, {}, { namespace: "membership" });
    },
    "RequestAuthentications, which add up": (stack) => {
      request(stack, {});
      request(stack, {}, { name: "second" });
    },
  },
});
