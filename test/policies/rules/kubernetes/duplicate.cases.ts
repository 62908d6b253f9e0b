import { duplicate } from "../../../../policies/rules/kubernetes/duplicate";
import { cases } from "../../cases";
import { copy, type Loose, type StackDraft } from "../../stack";
import { add } from "./drafts";

/** Adds the Service reviews once more, in the same cluster. */
function addAgain(stack: StackDraft): void {
  const reviews = stack.resources.find(
    ({ type, name }) => type.endsWith(":Service") && name === "eks-istio-dev-bookinfo/reviews",
  )!;
  stack.resources.push({ ...reviews, urn: "urn:again", name: "again", properties: copy(reviews.properties) as Loose });
}

/** Adds Services from a file or a kustomization's folder. */
function addFrom(stack: StackDraft, origin: string, names: readonly string[], namespace?: string): void {
  for (const name of names)
    stack.resources.push({
      source: "yaml",
      type: "kubernetes:core/v1:Service",
      name,
      properties: { apiVersion: "v1", kind: "Service", metadata: { name, ...(namespace && { namespace }) } },
      dependencies: [],
      origin,
      locate: () => `${origin}:1`,
    });
}

export default cases(duplicate, {
  breaks: {
    "a Service twice": {
      change: (stack) => addAgain(stack),
      finds: [
        "Service bookinfo/reviews: is there twice, here and in eks-istio-dev-bookinfo/reviews: one overwrites the other. Keep one of them, or give this one another name or namespace.",
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
    "one object in two files": {
      change: (stack) => {
        for (const file of ["a.yaml", "b.yaml"]) addFrom(stack, file, ["cart"], "shop");
      },
      finds: [
        "b.yaml:1  Service shop/cart: is there twice, here and in a.yaml:1: one overwrites the other. Keep one of them, or give this one another name or namespace.",
      ],
      severity: "mandatory",
    },
    "one object in two files, whose namespace the command says": {
      change: (stack) => {
        for (const file of ["a.yaml", "b.yaml"]) addFrom(stack, file, ["cart"]);
      },
      finds: [
        "b.yaml:1  Service default/cart: is in a.yaml:1, too, and neither has a namespace: applied to the same one, one overwrites the other. Write the namespace, or judge the two files separately.",
      ],
      severity: "advisory",
    },
    "one object without a namespace twice in a file": {
      change: (stack) => addFrom(stack, "a.yaml", ["cart", "cart"]),
      finds: [
        "a.yaml:1  Service default/cart: is there twice, here and in a.yaml:1: one overwrites the other. Keep one of them, or give this one another name or namespace.",
      ],
      severity: "mandatory",
    },
    "files that look like alternatives, once for all": {
      change: (stack) => {
        addFrom(stack, "a.yaml", ["cart", "web", "mail"], "shop");
        addFrom(stack, "b.yaml", ["cart", "web"], "shop");
        addFrom(stack, "c.yaml", ["web", "mail"], "shop");
        addFrom(stack, "d.yaml", ["other"], "shop");
      },
      finds: [
        "b.yaml:1  Service shop/cart: is in several of a.yaml, b.yaml, c.yaml, and so are 2 other objects: these look like alternatives, or like parts for different namespaces. Applied together, one overwrites the other. Judge them separately.",
      ],
      severity: "advisory",
    },
    "an object in many files": {
      change: (stack) => {
        for (let file = 0; file < 10; file += 1) addFrom(stack, `${file}.yaml`, ["cart"], "shop");
      },
      finds: [
        "1.yaml:1  Service shop/cart: is in several of 0.yaml, 1.yaml, 2.yaml, 3.yaml, 4.yaml, 5.yaml, 6.yaml, 3 more: these look like alternatives, or like parts for different namespaces. Applied together, one overwrites the other. Judge them separately.",
      ],
    },
    "overlays of one base": {
      change: (stack) => {
        for (const folder of ["overlays/dev/", "overlays/prod/"]) addFrom(stack, folder, ["cart"], "shop");
      },
      finds: [
        "overlays/prod/:1  Service shop/cart: is in several of overlays/dev/, overlays/prod/: these look like alternatives, or like parts for different namespaces. Applied together, one overwrites the other. Judge them separately.",
      ],
      severity: "advisory",
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
