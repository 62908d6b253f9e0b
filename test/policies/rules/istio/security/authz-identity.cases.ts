import { authzIdentity } from "../../../../../policies/rules/istio/security/authz-identity";
import { cases } from "../../../cases";
import { adding } from "../drafts";

const add = adding("AuthorizationPolicy");
const peer = adding("PeerAuthentication");

export default cases(authzIdentity, {
  breaks: {
    "principals where TLS is off": {
      change: (stack) => {
        peer(stack, { selector: { matchLabels: { app: "details" } }, mtls: { mode: "DISABLE" } });
        add(stack, {
          selector: { matchLabels: { app: "details" } },
          rules: [{ from: [{ source: { principals: ["*"] } }] }],
        });
      },
      finds: [
        "AuthorizationPolicy bookinfo/own: principals needs mutual TLS, which PeerAuthentication bookinfo/own turns off for Deployment bookinfo/details-v1: no caller has an identity there. Set STRICT in PeerAuthentication bookinfo/own.",
      ],
    },
    "a DENY where TLS is optional": {
      change: (stack) => {
        peer(stack, { mtls: { mode: "PERMISSIVE" } });
        add(stack, { action: "DENY", rules: [{ from: [{ source: { namespaces: ["membership"] } }] }] });
      },
      finds: [
        "AuthorizationPolicy bookinfo/own: PeerAuthentication bookinfo/own also takes plain text for Deployment bookinfo/details-v1, where no caller has an identity: whoever leaves out TLS gets around DENY by namespaces. Set STRICT in PeerAuthentication bookinfo/own, or allow the callers that may instead.",
      ],
    },
    "an ALLOW by who it is not": {
      change: (stack) => {
        peer(stack, { mtls: { mode: "PERMISSIVE" } });
        add(stack, { rules: [{ from: [{ source: { notNamespaces: ["membership"] } }] }] });
      },
      finds: [
        "AuthorizationPolicy bookinfo/own: PeerAuthentication bookinfo/own also takes plain text for Deployment bookinfo/details-v1, where no caller has an identity: whoever leaves out TLS gets around ALLOW by notNamespaces. Set STRICT in PeerAuthentication bookinfo/own, or allow the callers that may instead.",
      ],
    },
    "a condition": {
      change: (stack) => {
        peer(stack, { mtls: { mode: "PERMISSIVE" } });
        add(stack, {
          action: "DENY",
          rules: [{ when: [{ key: "source.principal", values: ["cluster.local/ns/a/sa/b"] }] }],
        });
      },
      finds: [
        "AuthorizationPolicy bookinfo/own: PeerAuthentication bookinfo/own also takes plain text for Deployment bookinfo/details-v1, where no caller has an identity: whoever leaves out TLS gets around DENY by source.principal. Set STRICT in PeerAuthentication bookinfo/own, or allow the callers that may instead.",
      ],
    },
  },
  keeps: {
    "an ALLOW where TLS is optional: who has no identity stays out": (stack) => {
      peer(stack, { mtls: { mode: "PERMISSIVE" } });
      add(stack, { rules: [{ from: [{ source: { namespaces: ["membership"] } }] }] });
    },
    "a DENY that lets in who it names": (stack) => {
      peer(stack, { mtls: { mode: "PERMISSIVE" } });
      add(stack, { action: "DENY", rules: [{ from: [{ source: { notNamespaces: ["membership"] } }] }] });
    },
    STRICT: (stack) => {
      add(stack, { action: "DENY", rules: [{ from: [{ source: { namespaces: ["membership"] } }] }] });
    },
    addresses: (stack) => {
      peer(stack, { mtls: { mode: "DISABLE" } });
      add(stack, { rules: [{ from: [{ source: { ipBlocks: ["10.0.0.0/8"] } }] }] });
    },
    "TLS that a policy of the root namespace turns off for a workload, which Istio passes over": (stack) => {
      stack.values("istiod").meshConfig = { rootNamespace: "bookinfo" };
      stack.object("PeerAuthentication", "istio-system", "default").metadata.namespace = "bookinfo";
      peer(stack, { selector: { matchLabels: { app: "details" } }, mtls: { mode: "DISABLE" } });
      add(stack, { rules: [{ from: [{ source: { principals: ["*"] } }] }] });
    },
    "no PeerAuthentication here": (stack) => {
      stack.remove("PeerAuthentication");
      add(stack, { action: "DENY", rules: [{ from: [{ source: { namespaces: ["membership"] } }] }] });
    },
  },
});
