import { destinationMtls } from "../../../../../policies/rules/istio/security/destination-mtls";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

function tls(stack: StackDraft, mode: string | undefined): void {
  stack.object("DestinationRule", "bookinfo", "reviews").spec.trafficPolicy.tls = { mode };
}

function policy(stack: StackDraft, spec: Loose): void {
  stack.add({
    apiVersion: "security.istio.io/v1",
    kind: "PeerAuthentication",
    metadata: { name: "own", namespace: "bookinfo" },
    spec,
  } as Loose);
}

export default cases(destinationMtls, {
  breaks: {
    "plain text to a STRICT workload": {
      change: (stack) => {
        tls(stack, "DISABLE");
      },
      finds: [
        "DestinationRule bookinfo/reviews: clients speak plain text to Service bookinfo/reviews, where PeerAuthentication istio-system/default takes the mesh's TLS only (STRICT): every request is reset. Take tls out, or set mode: ISTIO_MUTUAL.",
      ],
    },
    "TLS of its own to a STRICT workload, for all hosts of the mesh": {
      change: (stack) => {
        stack.object("DestinationRule", "bookinfo", "reviews").spec.host = "*.local";
        tls(stack, "SIMPLE");
      },
      finds: [
        "DestinationRule bookinfo/reviews: clients speak TLS of their own (SIMPLE) to Service bookinfo/productpage, where PeerAuthentication istio-system/default takes the mesh's TLS only (STRICT): every request is reset. Take tls out, or set mode: ISTIO_MUTUAL.",
      ],
    },
    "plain text to a port that is STRICT": {
      change: (stack) => {
        policy(stack, {
          selector: { matchLabels: { app: "reviews" } },
          mtls: { mode: "PERMISSIVE" },
          portLevelMtls: { 9080: { mode: "STRICT" } },
        });
        stack.object("DestinationRule", "bookinfo", "reviews").spec.trafficPolicy.portLevelSettings = [
          { port: { number: 9080 }, tls: { mode: "DISABLE" } },
        ];
      },
      finds: [
        "DestinationRule bookinfo/reviews: clients speak plain text to Service bookinfo/reviews, where PeerAuthentication bookinfo/own takes the mesh's TLS only (STRICT): every request is reset. Take tls out, or set mode: ISTIO_MUTUAL.",
      ],
    },
    "the mesh's TLS to a workload that has it off": {
      change: (stack) => {
        tls(stack, "ISTIO_MUTUAL");
        policy(stack, { selector: { matchLabels: { app: "reviews", version: "v2" } }, mtls: { mode: "DISABLE" } });
      },
      finds: [
        "DestinationRule bookinfo/reviews: clients speak the mesh's TLS to Service bookinfo/reviews, where PeerAuthentication bookinfo/own turns it off: every request fails. Take tls out: clients then find out what the other side takes.",
      ],
    },
    "the mesh's TLS to a pod without a proxy": {
      change: (stack) => {
        tls(stack, "ISTIO_MUTUAL");
        const { metadata } = stack.object("Deployment", "bookinfo", "reviews-v1").spec.template;
        metadata.labels["sidecar.istio.io/inject"] = "false";
      },
      finds: [
        "DestinationRule bookinfo/reviews: clients speak the mesh's TLS to Service bookinfo/reviews, which has pods without a proxy: every request fails. Take tls out: clients then find out what the other side takes.",
      ],
    },
  },
  keeps: {
    "the mesh's TLS to a STRICT workload": (stack) => {
      tls(stack, "ISTIO_MUTUAL");
    },
    "plain text where the namespace takes both": (stack) => {
      tls(stack, "DISABLE");
      policy(stack, { mtls: { mode: "PERMISSIVE" } });
    },
    "plain text to pods without a proxy": (stack) => {
      tls(stack, "DISABLE");
      for (const version of ["v1", "v2", "v3"])
        stack.object("Deployment", "bookinfo", `reviews-${version}`).spec.template.metadata.annotations = {
          "sidecar.istio.io/inject": "false",
        };
    },
    "plain text where a policy of the root namespace selects, which Istio passes over": (stack) => {
      tls(stack, "DISABLE");
      stack.values("istiod").meshConfig = { rootNamespace: "bookinfo" };
      policy(stack, { selector: { matchLabels: { app: "reviews" } }, mtls: { mode: "STRICT" } });
    },
    "plain text to a host outside": (stack) => {
      stack.object("DestinationRule", "bookinfo", "reviews").spec.host = "api.example.org";
      tls(stack, "DISABLE");
    },
    "no policy in the stack": (stack) => {
      stack.remove("PeerAuthentication");
      tls(stack, "DISABLE");
    },
  },
});
