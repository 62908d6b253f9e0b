import { policyIneffective } from "../../../../../policies/rules/istio/configuration/policy-ineffective";
import { cases } from "../../../cases";
import { adding } from "../drafts";

const add = adding("AuthorizationPolicy");
const peers = adding("PeerAuthentication");
const root = { namespace: "istio-system" };
const sidecar = adding("Sidecar");

export default cases(policyIneffective, {
  breaks: {
    "the label of a Gateway of the Gateway API": {
      change: (stack) => {
        add(stack, { selector: { matchLabels: { "gateway.networking.k8s.io/gateway-name": "web" } } });
      },
      finds: [
        "AuthorizationPolicy bookinfo/own: selects the pods of web, made from the Gateway API, which take no policy by labels: it does nothing there. Write targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: web}] instead of the selector.",
      ],
    },
    "pods of one": {
      change: (stack) => {
        stack.object("Deployment", "bookinfo", "details-v1").spec.template.metadata.labels[
          "gateway.networking.k8s.io/gateway-name"
        ] = "web";
        add(stack, { selector: { matchLabels: { app: "details" } } });
      },
      finds: [
        "AuthorizationPolicy bookinfo/own: selects the pods of web, made from the Gateway API, which take no policy by labels: it does nothing there. Write targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: web}] instead of the selector.",
      ],
    },
    "a Sidecar in an ambient namespace": {
      change: (stack) => {
        stack.object("Namespace", "default", "bookinfo").metadata.labels = { "istio.io/dataplane-mode": "ambient" };
        sidecar(stack, {});
      },
      finds: [
        "Sidecar bookinfo/own: the namespace bookinfo is in ambient mode, where no sidecar reads it: it does nothing. Take it out, or move the workloads back to sidecars.",
      ],
    },
    "a Sidecar for ambient pods": {
      change: (stack) => {
        stack.object("Deployment", "bookinfo", "details-v1").spec.template.metadata.labels["istio.io/dataplane-mode"] =
          "ambient";
        sidecar(stack, { workloadSelector: { labels: { app: "details" } } });
      },
      finds: [
        "Sidecar bookinfo/own: the pods it selects are in ambient mode, where no sidecar reads it: it does nothing. Take it out, or move the workloads back to sidecars.",
      ],
    },
    "a PeerAuthentication of the root namespace that selects workloads": {
      change: (stack) => {
        peers(stack, { selector: { matchLabels: { app: "details" } }, mtls: { mode: "STRICT" } }, root);
      },
      finds: [
        "PeerAuthentication istio-system/own: selects workloads in istio-system, the mesh's root namespace, where Istio reads PeerAuthentications for all the mesh only: it does nothing. Put it into the namespace of the workloads, or take the selector out, if it is meant for all the mesh.",
      ],
      severity: "mandatory",
    },
  },
  keeps: {
    "a PeerAuthentication with an empty selector in the root namespace, and one beside its workloads": (stack) => {
      peers(stack, { selector: {}, mtls: { mode: "STRICT" } }, root);
      peers(stack, { selector: { matchLabels: { app: "details" } }, mtls: { mode: "STRICT" } });
    },
    targetRefs: (stack) => {
      add(stack, { targetRefs: [{ kind: "Gateway", name: "web" }] });
    },
    "pods with sidecars": (stack) => {
      add(stack, { selector: { matchLabels: { app: "details" } } });
      sidecar(stack, {});
    },
    "a namespace with sidecars, whatever else it says": (stack) => {
      stack.object("Namespace", "default", "bookinfo").metadata.labels["istio.io/dataplane-mode"] = "ambient";
      sidecar(stack, {});
    },
    "pods that stay out of ambient mode": (stack) => {
      stack.object("Namespace", "default", "bookinfo").metadata.labels = { "istio.io/dataplane-mode": "ambient" };
      stack.object("Deployment", "bookinfo", "details-v1").spec.template.metadata.labels["istio.io/dataplane-mode"] =
        "none";
      sidecar(stack, { workloadSelector: { labels: { app: "details" } } });
    },
  },
});
