// Loaded before the program: what is ours stays ours, whoever took a field of it.
import { runtime } from "@pulumi/pulumi";

interface Owned {
  readonly metadata: { readonly annotations?: object };
}

runtime.registerStackTransformation(({ type, props, opts }) => {
  if (!type.startsWith("kubernetes:networking.istio.io/")) return undefined;
  const { metadata } = props as Owned;
  const annotations = { ...metadata.annotations, "pulumi.com/patchForce": "true" };
  return { props: { ...props, metadata: { ...metadata, annotations } }, opts };
});
