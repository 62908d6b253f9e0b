import type { MeshKind } from "../mesh-object";

/** An object of one of Istio's CRDs, complete enough to be applied. */
export type IstioObject<T extends { readonly spec?: unknown }> = Omit<T, "metadata" | "spec" | "status" | "kind"> & {
  readonly apiVersion: string;
  readonly kind: MeshKind;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: NonNullable<T["spec"]>;
};
