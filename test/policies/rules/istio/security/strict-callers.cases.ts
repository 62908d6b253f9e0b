import { strictCallers } from "../../../../../policies/rules/istio/security/strict-callers";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

/** A pod that is told an address. */
function job(stack: StackDraft, container: Loose, labels: Loose = { "sidecar.istio.io/inject": "false" }): void {
  stack.add({
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name: "nightly", namespace: "bookinfo" },
    spec: { jobTemplate: { spec: { template: { metadata: { labels }, spec: { containers: [container] } } } } },
  } as Loose);
}

const url = { name: "URL", value: "http://details:9080/health" };

export default cases(strictCallers, {
  breaks: {
    "a URL of a Service in its namespace": {
      change: (stack) => {
        job(stack, { env: [url] });
      },
      finds: [
        'CronJob bookinfo/nightly: "http://details:9080/health" is an address of Service bookinfo/details, where PeerAuthentication istio-system/default takes the mesh\'s TLS only (STRICT), and these pods have no sidecar: every connection is reset. Inject a sidecar into them, or set PERMISSIVE for the one port that they call.',
      ],
    },
    "a full name among the arguments": {
      change: (stack) => {
        job(stack, { args: ["--target=details.bookinfo.svc.cluster.local", "--to=ratings.bookinfo:9080"] });
      },
      finds: [
        'CronJob bookinfo/nightly: "--target=details.bookinfo.svc.cluster.local" is an address of Service bookinfo/details, where PeerAuthentication istio-system/default takes the mesh\'s TLS only (STRICT), and these pods have no sidecar: every connection is reset. Inject a sidecar into them, or set PERMISSIVE for the one port that they call.',
        'CronJob bookinfo/nightly: "--to=ratings.bookinfo:9080" is an address of Service bookinfo/ratings, where PeerAuthentication istio-system/default takes the mesh\'s TLS only (STRICT), and these pods have no sidecar: every connection is reset. Inject a sidecar into them, or set PERMISSIVE for the one port that they call.',
      ],
    },
    "a host and port, on the host's network": {
      change: (stack) => {
        job(stack, { command: ["wait-for", "details:9080"] }, {});
        const { spec } = stack.object("CronJob", "bookinfo", "nightly");
        spec.jobTemplate.spec.template.spec.hostNetwork = true;
      },
      finds: [
        'CronJob bookinfo/nightly: "details:9080" is an address of Service bookinfo/details, where PeerAuthentication istio-system/default takes the mesh\'s TLS only (STRICT), and these pods have no sidecar: every connection is reset. Inject a sidecar into them, or set PERMISSIVE for the one port that they call.',
      ],
    },
    "a caller with a label that no webhook asks for": {
      change: (stack) => {
        stack.values("istiod").sidecarInjectorWebhook = { enableNamespacesByDefault: true };
        stack.object("Namespace", "default", "bookinfo").metadata.labels = {};
        job(stack, { args: ["--to=productpage.bookinfo:9080"] }, { "sidecar.istio.io/inject": "yes" });
      },
      finds: [
        'CronJob bookinfo/nightly: "--to=productpage.bookinfo:9080" is an address of Service bookinfo/productpage, where PeerAuthentication istio-system/default takes the mesh\'s TLS only (STRICT), and these pods have no sidecar: every connection is reset. Inject a sidecar into them, or set PERMISSIVE for the one port that they call.',
      ],
    },
    "a caller in a namespace that Istio passes over": {
      change: (stack) => {
        job(stack, { args: ["http://details.bookinfo:9080"] }, {});
        stack.object("CronJob", "bookinfo", "nightly").metadata.namespace = "kube-system";
      },
      finds: [
        'CronJob kube-system/nightly: "http://details.bookinfo:9080" is an address of Service bookinfo/details, where PeerAuthentication istio-system/default takes the mesh\'s TLS only (STRICT), and these pods have no sidecar: every connection is reset. Inject a sidecar into them, or set PERMISSIVE for the one port that they call.',
      ],
    },
  },
  keeps: {
    "callers in ambient mode": (stack) => {
      job(stack, { env: [url] }, { "istio.io/dataplane-mode": "ambient", "sidecar.istio.io/inject": "false" });
    },
    "a caller with a sidecar": (stack) => {
      job(stack, { env: [url] }, {});
    },
    "a caller that names no Service": (stack) => {
      job(stack, { env: [{ name: "URL", value: "https://api.example.org/details" }], args: ["details"] });
    },
    "a Service that takes plain text": (stack) => {
      job(stack, { env: [url] });
      stack.object("PeerAuthentication", "istio-system", "default").spec.mtls.mode = "PERMISSIVE";
    },
    "a Service that a policy of the root namespace selects, which Istio passes over": (stack) => {
      stack.values("istiod").meshConfig = { rootNamespace: "bookinfo" };
      job(stack, { env: [url] });
      stack.add({
        apiVersion: "security.istio.io/v1",
        kind: "PeerAuthentication",
        metadata: { name: "details", namespace: "bookinfo" },
        spec: { selector: { matchLabels: { app: "details" } }, mtls: { mode: "STRICT" } },
      } as Loose);
    },
    "a Service without a sidecar": (stack) => {
      job(stack, { env: [url] });
      stack.object("Deployment", "bookinfo", "details-v1").spec.template.metadata.labels["sidecar.istio.io/inject"] =
        "false";
    },
    "a caller in an ambient namespace that gets sidecars by default": (stack) => {
      stack.values("istiod").sidecarInjectorWebhook = { enableNamespacesByDefault: true };
      stack.object("Namespace", "default", "bookinfo").metadata.labels = { "istio.io/dataplane-mode": "ambient" };
      job(stack, { env: [url] }, {});
    },
    "a caller in a namespace that gets sidecars by default": (stack) => {
      stack.values("istiod").sidecarInjectorWebhook = { enableNamespacesByDefault: true };
      stack.object("Namespace", "default", "bookinfo").metadata.labels = {};
      job(stack, { env: [url] }, {});
    },
    "a namespace that others make": (stack) => {
      job(stack, { env: [{ name: "URL", value: "http://details.bookinfo:9080" }] }, {});
      stack.object("CronJob", "bookinfo", "nightly").metadata.namespace = "batch";
    },
  },
});
