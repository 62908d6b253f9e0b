import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { HelmValues } from "../manifests/charts/istio-values";
import { transformed, type Transform } from "./transform";

export interface HelmReleaseArgs {
  /** The release's name in the cluster. Given, as the names of its objects follow from it. */
  readonly release: string;
  readonly namespace: string;
  readonly chart: ChartSource;
  readonly values: HelmValues;
  /** Seconds that its pods may take to become ready. Default: 600. */
  readonly timeout?: number;
  readonly transform?: Transform<k8s.helm.v3.ReleaseArgs>;
}

/** Where a chart comes from, as Pulumi's Release takes it. */
export type ChartSource = Pick<k8s.helm.v3.ReleaseArgs, "chart" | "version" | "repositoryOpts">;

/**
 * A chart of a Helm repository (`https://`), an OCI registry (`oci://`) or a folder.
 *
 * @example `chartSource("oci://registry.example.com/istio", "istiod", "1.31.1")` takes `oci://registry.example.com/istio/istiod`
 */
export function chartSource(repository: string, chart: string, version: string): ChartSource {
  if (repository.startsWith("https://")) return { chart, version, repositoryOpts: { repo: repository } };
  return { chart: `${repository.replace(/\/$/, "")}/${chart}`, version };
}

/**
 * Installs somebody else's chart. A Release leaves hooks, upgrades and what the software changes in its own objects
 * (istiod patches its webhooks) out of our diff.
 *
 * @see https://www.pulumi.com/registry/packages/kubernetes/api-docs/helm/v3/release/
 */
export function helmRelease(
  name: string,
  { release, namespace, chart, values, timeout = 600, transform }: HelmReleaseArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.helm.v3.Release {
  // A failed upgrade cleans up what it made; a short history keeps old Secrets from piling up.
  const args = {
    name: release,
    namespace,
    ...chart,
    values: { ...values },
    timeout,
    cleanupOnFail: true,
    maxHistory: 5,
  };
  return new k8s.helm.v3.Release(...transformed<k8s.helm.v3.ReleaseArgs, typeof opts>(transform, name, args, opts));
}
