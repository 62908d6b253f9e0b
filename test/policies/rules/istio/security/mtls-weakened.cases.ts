import { mtlsWeakened } from "../../../../../policies/rules/istio/security/mtls-weakened";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

function policy(stack: StackDraft, spec: Loose, namespace = "bookinfo"): void {
  stack.add({
    apiVersion: "security.istio.io/v1",
    kind: "PeerAuthentication",
    metadata: { name: "own", namespace },
    spec,
  } as Loose);
}

const selector = { matchLabels: { app: "details" } };

export default cases(mtlsWeakened, {
  breaks: {
    "a namespace that takes plain text": {
      change: (stack) => {
        policy(stack, { mtls: { mode: "PERMISSIVE" } });
      },
      finds: [
        "PeerAuthentication bookinfo/own: PERMISSIVE lets plain text into the namespace bookinfo, against PeerAuthentication istio-system/default (STRICT). Take it out once all callers have a sidecar; until then, exempt it with a date and the reason.",
      ],
    },
    "a workload with TLS off": {
      change: (stack) => {
        policy(stack, { selector, mtls: { mode: "DISABLE" } });
      },
      finds: [
        "PeerAuthentication bookinfo/own: DISABLE lets plain text into the workloads it selects, against PeerAuthentication istio-system/default (STRICT). Take it out once all callers have a sidecar; until then, exempt it with a date and the reason.",
      ],
    },
    "a port of a workload that is STRICT otherwise": {
      change: (stack) => {
        policy(stack, { selector, mtls: { mode: "STRICT" }, portLevelMtls: { 9080: { mode: "PERMISSIVE" } } });
      },
      finds: [
        "PeerAuthentication bookinfo/own: PERMISSIVE on port 9080 lets plain text into the workloads it selects, against its own mode STRICT. Take it out once all callers have a sidecar; until then, exempt it with a date and the reason.",
      ],
    },
    "a port alone": {
      change: (stack) => {
        policy(stack, { selector, portLevelMtls: { 9080: { mode: "DISABLE" } } });
      },
      finds: [
        "PeerAuthentication bookinfo/own: DISABLE on port 9080 lets plain text into the workloads it selects, against PeerAuthentication istio-system/default (STRICT). Take it out once all callers have a sidecar; until then, exempt it with a date and the reason.",
      ],
    },
  },
  keeps: {
    "a mesh that takes both": (stack) => {
      stack.object("PeerAuthentication", "istio-system", "default").spec.mtls.mode = "PERMISSIVE";
      policy(stack, { mtls: { mode: "PERMISSIVE" } });
    },
    "what the wider one says": (stack) => {
      policy(stack, { selector, mtls: { mode: "UNSET" } });
    },
    "a policy of the root namespace that selects workloads, which Istio passes over": (stack) => {
      policy(stack, { selector, mtls: { mode: "PERMISSIVE" } }, "istio-system");
    },
    "a mesh whose policy others make": (stack) => {
      stack.remove("PeerAuthentication");
      policy(stack, { mtls: { mode: "DISABLE" } });
    },
  },
});
