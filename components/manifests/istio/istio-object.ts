/** An object of one of Istio's CRDs, complete enough to be applied. */
export type IstioObject<T extends { readonly spec?: unknown }> = Omit<T, "metadata" | "spec" | "status"> & {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: NonNullable<T["spec"]>;
};
