import { sidecarGlobal } from "../../../../../policies/rules/istio/routing/sidecar-global";
import { cases } from "../../../cases";
import { adding } from "../drafts";

const add = adding("Sidecar");

export default cases(sidecarGlobal, {
  breaks: {
    "a selector in the root namespace": {
      change: (stack) => {
        add(stack, { workloadSelector: { labels: { app: "istiod" } } }, { namespace: "istio-system" });
      },
      finds: [
        "Sidecar istio-system/own: is in the mesh's root namespace istio-system, where a Sidecar is the default for the whole mesh and must select nothing. Take workloadSelector out, or put it into the workloads' namespace.",
      ],
    },
    "a root namespace of another name": {
      change: (stack) => {
        stack.values("istiod").meshConfig.rootNamespace = "mesh-config";
        add(stack, { workloadSelector: { labels: { app: "web" } } }, { namespace: "mesh-config" });
      },
      finds: [
        "Sidecar mesh-config/own: is in the mesh's root namespace mesh-config, where a Sidecar is the default for the whole mesh and must select nothing. Take workloadSelector out, or put it into the workloads' namespace.",
      ],
    },
  },
  keeps: {
    "no selector there": (stack) => {
      add(stack, { egress: [] }, { namespace: "istio-system" });
    },
    "a selector elsewhere": (stack) => {
      add(stack, { workloadSelector: { labels: { app: "details" } } });
    },
  },
});
