/** Values of a Helm chart. The charts base and istiod take unknown ones silently; tests hold ours against the charts. */
export type HelmValues = Readonly<Record<string, unknown>>;

/** What a chart may have to wait for: the name that stages know it by when they install the chart. */
export type Prerequisite =
  /** The chart's namespace, which itself waits for nodes. */
  | "namespace"
  /** Node groups: pods have a place to run. */
  | "nodes"
  /** CoreDNS: pods find names. */
  | "dns"
  /** The Pod Identity agent: pods get AWS credentials. */
  | "podIdentityAgent"
  /** The AWS role that its pods run under. */
  | "role"
  /** Istio's CRDs. */
  | "crds"
  /** istiod serves: its webhooks answer. */
  | "mesh"
  /** The Service, where it is ours and not the chart's. */
  | "service";

/**
 * A chart of somebody else's, and all that it takes to install it. This folder is the catalogue of them: a pure function
 * from settings to one of these, in a file of its own. Charts that are only ever installed together may share one.
 *
 * @typeParam After what it waits for; `satisfies Chart` keeps it, so that a stage can't forget any of it
 * @example
 * ```ts
 * export function istioBase({ repository, version }: MeshSettings) {
 *   return {
 *     chart: "base", repository, version, release: "istio-base", namespace: "istio-system",
 *     after: ["namespace"],
 *     values: {},
 *   } satisfies Chart;
 * }
 * ```
 */
export interface Chart<After extends Prerequisite = Prerequisite> {
  /** Its name in the repository. */
  readonly chart: string;
  /** A Helm repository (`https://`), an OCI registry (`oci://`) or a folder. */
  readonly repository: string;
  /** Pinned: see `versions.ts`. */
  readonly version: string;
  /** The release's name in the cluster. Given, as the names of its objects follow from it. */
  readonly release: string;
  readonly namespace: string;
  readonly after: readonly After[];
  /** Seconds that its pods may take to become ready. Default: 600. */
  readonly timeout?: number;
  readonly values: HelmValues;
}
