import { duplicate } from "../../../../policies/rules/kubernetes/duplicate";
import { cases } from "../../cases";
import { copy, type Loose, type StackDraft } from "../../stack";
import { add } from "./drafts";

/** Adds the Service reviews once more, in the same cluster. */
function addAgain(stack: StackDraft): void {
  const reviews = stack.resources.find(({ name }) => name === "eks-istio-dev-app-reviews-service")!;
  stack.resources.push({ ...reviews, urn: "urn:again", name: "again", properties: copy(reviews.properties) as Loose });
}

export default cases(duplicate, {
  breaks: {
    "a Service twice": {
      change: (stack) => addAgain(stack),
      finds: [
        "Service bookinfo/reviews: is there twice, here and in eks-istio-dev-app-reviews-service: one overwrites the other. Keep one of them, or give this one another name or namespace.",
      ],
      severity: "mandatory",
    },
    "a VirtualService in two versions of its API, in YAML": {
      change: (stack) => {
        const metadata = { name: "cart", namespace: "shop" };
        for (const version of ["v1", "v1beta1"])
          stack.resources.push({
            source: "yaml",
            type: `kubernetes:networking.istio.io/${version}:VirtualService`,
            name: "cart",
            properties: { apiVersion: `networking.istio.io/${version}`, kind: "VirtualService", metadata },
            dependencies: [],
            locate: () => `${version}.yaml:1`,
          });
      },
      finds: [
        "v1beta1.yaml:1  VirtualService shop/cart: is there twice, here and in v1.yaml:1: one overwrites the other. Keep one of them, or give this one another name or namespace.",
      ],
    },
  },
  keeps: {
    "the same name in another namespace, and of another kind": (stack) => {
      const reviews = stack.object("Service", "bookinfo", "reviews");
      add(stack, { ...reviews, metadata: { name: "reviews", namespace: "other" } });
      add(stack, { ...reviews, kind: "Gateway", apiVersion: "gateway.networking.k8s.io/v1" });
      add(stack, { ...reviews, kind: "Gateway", apiVersion: "networking.istio.io/v1" });
    },
    "the same object in another cluster": (stack) => {
      addAgain(stack);
      stack.resources.push({ ...stack.resources.pop()!, provider: "urn:other" });
    },
    "a change to an object that is there": (stack) =>
      stack.addResource("kubernetes:core/v1:ServicePatch", "more", stack.object("Service", "bookinfo", "reviews")),
    "names that the API server makes up": (stack) => {
      for (const _ of [1, 2])
        add(stack, { apiVersion: "batch/v1", kind: "Job", metadata: { generateName: "once-", namespace: "shop" } });
    },
  },
});
