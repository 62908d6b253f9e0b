import { mtlsMesh } from "../../../../../policies/rules/istio/security/mtls-mesh";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";
import { adding } from "../drafts";

const add = adding("PeerAuthentication");

function mesh(stack: StackDraft): Loose {
  return stack.object("PeerAuthentication", "istio-system", "default").spec;
}

const fix =
  "Set mode: STRICT (in a stack file eks-istio:mesh, mtls.mode), with exceptions for workloads whose callers have no sidecar yet.";
const inFile = (stack: StackDraft): void => {
  stack.resources = stack.resources.map((one) => ({ ...one, source: "yaml" as const }));
};

export default cases(mtlsMesh, {
  breaks: {
    "plain text in the whole mesh": {
      change: (stack) => (mesh(stack).mtls.mode = "PERMISSIVE"),
      severity: "advisory",
      finds: [
        `PeerAuthentication istio-system/default: is PERMISSIVE for the whole mesh: pods take plain text from anywhere. ${fix}`,
      ],
    },
    "plain text in the whole mesh, in production": {
      change: (stack) => (mesh(stack).mtls.mode = "PERMISSIVE"),
      sample: "prod",
      severity: "mandatory",
      finds: [
        `PeerAuthentication istio-system/default: is PERMISSIVE for the whole mesh: pods take plain text from anywhere. ${fix}`,
      ],
    },
    "mutual TLS off in the whole mesh": {
      change: (stack) => (mesh(stack).mtls.mode = "DISABLE"),
      finds: [
        `PeerAuthentication istio-system/default: turns mutual TLS off in the whole mesh: nothing is encrypted, and no caller has an identity. ${fix}`,
      ],
    },
    "no mode, in a file": {
      change: (stack) => {
        delete mesh(stack).mtls;
        inFile(stack);
      },
      finds: [
        `PeerAuthentication istio-system/default: is for the whole mesh and sets no mode, so Istio's default holds, PERMISSIVE: pods take plain text from anywhere. ${fix}`,
      ],
    },
    "no policy for the mesh": {
      change: (stack) => {
        stack.remove("PeerAuthentication", "default");
      },
      sample: "prod",
      severity: "advisory",
      finds: [
        "Release istio-system/istiod: no PeerAuthentication in istio-system says how the mesh as a whole takes connections, so Istio's default holds, PERMISSIVE: pods take plain text from anywhere. Add a PeerAuthentication istio-system/default with mtls: {mode: STRICT}. If somebody else makes it, name \"PeerAuthentication istio-system/default\" under outside in the policies' configuration.",
      ],
    },
    "no policy but for some workloads": {
      change: (stack) => (mesh(stack).selector = { matchLabels: { app: "istiod" } }),
      finds: [
        "Release istio-system/istiod: no PeerAuthentication in istio-system says how the mesh as a whole takes connections, so Istio's default holds, PERMISSIVE: pods take plain text from anywhere. Add a PeerAuthentication istio-system/default with mtls: {mode: STRICT}. If somebody else makes it, name \"PeerAuthentication istio-system/default\" under outside in the policies' configuration.",
      ],
    },
  },
  keeps: {
    "a namespace that is PERMISSIVE, of which IST-MTLS-WEAKENED tells": (stack) => {
      add(stack, { mtls: { mode: "PERMISSIVE" } });
    },
    "another root namespace": (stack) => {
      stack.values("istiod").meshConfig.rootNamespace = "membership";
      mesh(stack).mtls.mode = "PERMISSIVE";
      add(stack, { mtls: { mode: "STRICT" } }, { name: "mesh", namespace: "membership" });
    },
    "a mesh that is installed elsewhere": (stack) => {
      stack.remove("PeerAuthentication", "default");
      stack.resources = stack.resources.filter(({ properties }) => (properties as Loose).chart !== "istiod");
    },
    "manifests in files": (stack) => {
      stack.remove("PeerAuthentication", "default");
      inFile(stack);
    },
  },
});
