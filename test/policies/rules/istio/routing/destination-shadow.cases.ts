import { destinationShadow } from "../../../../../policies/rules/istio/routing/destination-shadow";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

function wide(stack: StackDraft, mode: string, host = "*.bookinfo.svc.cluster.local", exportTo?: string[]): void {
  stack.add({
    apiVersion: "networking.istio.io/v1",
    kind: "DestinationRule",
    metadata: { name: "wide", namespace: "membership" },
    spec: { host, trafficPolicy: { tls: { mode } }, ...(exportTo && { exportTo }) },
  } as Loose);
}

export default cases(destinationShadow, {
  breaks: {
    "a wildcard with plain text": {
      change: (stack) => {
        wide(stack, "DISABLE");
      },
      finds: [
        "DestinationRule bookinfo/reviews: replaces DestinationRule membership/wide for reviews.bookinfo.svc.cluster.local without its TLS settings (DISABLE): clients of this host go by the mesh's default. Add tls: {mode: DISABLE} to its trafficPolicy, if that is meant.",
      ],
    },
  },
  keeps: {
    "a wildcard with what clients do anyway": (stack) => {
      wide(stack, "ISTIO_MUTUAL");
    },
    "TLS settings in both": (stack) => {
      wide(stack, "DISABLE");
      stack.object("DestinationRule", "bookinfo", "reviews").spec.trafficPolicy.tls = { mode: "ISTIO_MUTUAL" };
    },
    "a wildcard of another namespace": (stack) => {
      wide(stack, "DISABLE", "*.loyalty.svc.cluster.local");
    },
    "a wildcard for another namespace's clients": (stack) => {
      wide(stack, "DISABLE", "*.local", ["."]);
    },
  },
});
