import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Chart, Prerequisite } from "../manifests/charts/chart";
import { transformed, type Transform } from "./transform";

/**
 * Installs a chart of the catalogue. A Release leaves hooks, upgrades and what the software changes in its own objects
 * (istiod patches its webhooks) out of our diff.
 *
 * @param ready the resources behind each name that the chart waits for: no more, no fewer
 * @example `helmRelease("shop-istiod", istiod(mesh), { crds: base, nodes: cluster.nodes }, { parent: this, provider })`
 * @see https://www.pulumi.com/registry/packages/kubernetes/api-docs/helm/v3/release/
 */
export function helmRelease<After extends Prerequisite>(
  name: string,
  chart: Chart<After>,
  ready: Readonly<Record<NoInfer<After>, pulumi.Resource | readonly pulumi.Resource[]>>,
  opts: Omit<pulumi.CustomResourceOptions, "dependsOn">,
  transform?: Transform<k8s.helm.v3.ReleaseArgs>,
): k8s.helm.v3.Release {
  const { release, namespace, values, timeout = 600 } = chart;
  const args = {
    name: release,
    namespace,
    ...source(chart),
    values: { ...values },
    timeout,
    // A failed upgrade cleans up what it made; a short history keeps old Secrets from piling up.
    cleanupOnFail: true,
    maxHistory: 5,
  };
  const dependsOn = chart.after.flatMap((prerequisite) => ready[prerequisite]);
  return new k8s.helm.v3.Release(
    ...transformed<k8s.helm.v3.ReleaseArgs, pulumi.CustomResourceOptions>(transform, name, args, {
      ...opts,
      dependsOn,
    }),
  );
}

/** Where a chart comes from, as Pulumi's Release takes it: one of a registry or a folder has its whole address for a name. */
function source({
  repository,
  chart,
  version,
}: Chart): Pick<k8s.helm.v3.ReleaseArgs, "chart" | "version" | "repositoryOpts"> {
  if (repository.startsWith("https://")) return { chart, version, repositoryOpts: { repo: repository } };
  return { chart: `${repository.replace(/\/$/, "")}/${chart}`, version };
}
