import { table } from "./table";

/** One of Istio's annotations. */
export interface Annotation {
  /** Kinds that it may stand on; `Any` for all. Pods' stand in their templates. */
  readonly on: readonly string[];
  readonly alpha?: true;
  readonly deprecated?: true;
}

/** Keys below keys; what has none takes anything. */
export interface Keys {
  readonly [key: string]: Keys;
}

interface Tables {
  /** The minor version that all of this is of. */
  readonly istio: string;
  readonly annotations: Readonly<Record<string, Annotation>>;
  /**
   * Messages of the mesh's configuration, with the types of their fields: `string`, `[]string` for a list, `{}string` for a
   * map, `anything`, the name of a message or an enum.
   */
  readonly messages: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly enums: Readonly<Record<string, readonly string[]>>;
  readonly values: Readonly<Record<"istiod" | "base" | "cni", Keys>>;
  /** What Istio's charts warn of, with what to write instead. */
  readonly deprecated: Readonly<Record<string, string>>;
}

/** What is known of Istio beside its CRDs: read when something asks for it. */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would read it when the program starts
export const istioTables = table(() => require("./istio-tables.json") as Tables);
